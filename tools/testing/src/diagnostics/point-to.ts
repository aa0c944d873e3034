import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { GitServer } from '../../../publisher/test/git-server.ts';

/** What messages call the server of a case. */
export const shownHost = 'git.example.com';

/** Lets the clusters of a workspace be published to a server. */
export function pointTo(root: string, server: GitServer): void {
  const file = path.join(root, 'clusters/defaults.yaml');
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, readFileSync(file, 'utf8').replace(`https://${shownHost}`, server.url));
}
