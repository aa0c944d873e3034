import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Source } from './source.ts';

const PLUGIN = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1';

/** A new folder with the unpacked jar of a Maven source, whose digest must be the pinned one. Needs Maven. */
export function fetchMavenJar({ module, version, sum }: Source): string {
  const folder = mkdtempSync(join(tmpdir(), 'jar-'));
  const wanted = [`-Dartifact=${module}:${version}`, `-DoutputDirectory=${folder}`];
  execFileSync('mvn', ['-B', '-q', `${PLUGIN}:copy`, `${PLUGIN}:unpack`, ...wanted], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const jar = join(folder, `${module.split(':')[1]}-${version}.jar`);
  checkSum(jar, sum);
  return folder;
}

/** Throws an Error for a file whose sum is not `sha256:` and the pinned digest. */
export function checkSum(file: string, pinned: string): void {
  const sum = `sha256:${createHash('sha256').update(readFileSync(file)).digest('hex')}`;
  if (sum !== pinned) throw new Error(`${file}: the sum is ${sum}, sources.json says ${pinned}`);
}
