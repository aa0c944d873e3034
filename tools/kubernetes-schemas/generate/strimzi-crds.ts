import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { CustomResourceDefinition } from '../src/convert-crd.ts';
import { checkSum } from './fetch-maven-jar.ts';
import { readCrds } from './read-crds.ts';
import type { Source } from './source.ts';

const POM = join(import.meta.dirname, '../java/pom.xml');

/**
 * Strimzi's CustomResourceDefinitions: its crd-generator run over the model classes of its api jar, as its own build
 * does. Needs Maven, and Java 21 or newer as `java` or in JAVA_HOME. The jar's digest must be the pinned one.
 */
export function strimziCrds(source: Source, classes: readonly string[]): CustomResourceDefinition[] {
  const output = mkdtempSync(join(tmpdir(), 'crds-'));
  try {
    const classpath = resolveClasspath(join(output, 'classpath'), source.version);
    checkJar(classpath, source);
    const java = process.env.JAVA_HOME === undefined ? 'java' : join(process.env.JAVA_HOME, 'bin/java');
    const targets = classes.map((name) => `${name}=${join(output, `${name}.yaml`)}`);
    execFileSync(java, ['-cp', classpath, 'io.strimzi.crdgenerator.CrdGenerator', '--yaml', ...targets]);
    return readCrds(output, ['*.yaml']);
  } finally {
    rmSync(output, { recursive: true });
  }
}

function resolveClasspath(file: string, version: string): string {
  const options = ['-B', '-q', '-f', POM, `-Dstrimzi.version=${version}`, `-Dmdep.outputFile=${file}`];
  execFileSync('mvn', [...options, 'dependency:build-classpath'], { stdio: ['ignore', 'ignore', 'inherit'] });
  return readFileSync(file, 'utf8').trim();
}

function checkJar(classpath: string, source: Source): void {
  const [group = '', artifact = ''] = source.module.split(':');
  const name = join(group.replaceAll('.', '/'), artifact, source.version, `${artifact}-${source.version}.jar`);
  const jar = classpath.split(delimiter).find((path) => path.endsWith(name));
  if (jar === undefined) throw new Error(`${source.module} ${source.version} is not on the class path`);
  checkSum(jar, source.sum);
}
