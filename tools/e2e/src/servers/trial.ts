import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { KubernetesObject } from '../kubectl.ts';
import { run } from '../run.ts';
import type { Tree } from '../tree.ts';

const jars = process.env.FLUXWRIGHT_SERVERS;

/** Whether the jars of a server are in a folder of its name below the one that FLUXWRIGHT_SERVERS names. */
export function serverAvailable(server: string): boolean {
  return jars !== undefined && existsSync(join(jars, server));
}

/** What java puts on its class path for a server. */
export function classPath(server: string): string {
  return join(resolve(jars ?? '.'), server, '*');
}

/** Runs the server's Trial in a folder; resolves with the lines that it says. */
export async function runTrial(server: string, folder: string): Promise<readonly string[]> {
  const source = resolve(import.meta.dirname, '../../fixtures/servers', server, 'Trial.java');
  const said = await run('java', ['-Xmx512m', '-cp', classPath(server), source], { cwd: folder });
  return said.split('\n').filter((line) => /^(done|refused): /.test(line));
}

/** An object of a tree; throws where it is not there. */
export function objectOf(tree: Tree, kind: string, name: string): KubernetesObject {
  const found = tree.objects.find(({ object }) => object.kind === kind && object.metadata.name === name);
  if (found === undefined) throw new Error(`the tree has no ${kind} ${name}`);
  return found.object;
}
