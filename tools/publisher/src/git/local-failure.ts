import { tmpdir } from 'node:os';
import { type Diagnostic, diagnostic } from '@fluxwright/diagnostics';
import { atCluster } from '../target/at-cluster.ts';

/** The finding where this machine, not git, could not do its part: a full disk, no permission, no git. */
export function localFailure(cluster: string, code: string): Diagnostic {
  const known: Readonly<Record<string, string>> = {
    ENOSPC: 'the disk of the temporary folder is full',
    EDQUOT: 'the disk quota is used up',
    EROFS: 'the temporary folder is read-only',
    EACCES: 'permission denied',
    ENOENT: 'git or a file of the tree is not there',
    EMFILE: 'too many files are open',
  };
  return diagnostic('publish/failed', {
    message: `cluster ${cluster} is not published: ${known[code] ?? `the system says ${code}`}`,
    ...atCluster(cluster),
    note: `the system says ${code}`,
    help: `mend it and publish again, which works in ${tmpdir()}; the branch is as it was`,
    cluster,
  });
}
