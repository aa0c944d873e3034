import type { ExecutorContext } from '@nx/devkit';
import { readPeer } from '../graph/read-peer.ts';

/**
 * Tells which files a project is made of: its own, those of the projects it depends on, its peer's and the fleet's
 * defaults. A finding without a file concerns everybody.
 */
export function relatedFiles(context: ExecutorContext, project: string): (file: string | undefined) => boolean {
  const { dependencies, nodes } = context.projectGraph;
  const reached = new Set([project]);
  for (const each of reached) for (const { target } of dependencies[each] ?? []) reached.add(target);
  const folders = new Set([...reached].flatMap((each) => nodes[each]?.data.root ?? []));
  const peer = readPeer(context.root, `${nodes[project]?.data.root}/cluster.yaml`);
  if (peer !== undefined) folders.add(`clusters/${peer}`);
  return (file) => {
    if (file === undefined || file === 'clusters/defaults.yaml') return true;
    return file.split('/').some((_part, index, parts) => folders.has(parts.slice(0, index).join('/')));
  };
}
