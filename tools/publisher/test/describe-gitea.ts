import { describe, inject } from 'vitest';
import { type GiteaClient, giteaClient } from './gitea-client.ts';

const nowhere = { url: 'http://127.0.0.1:1', folder: '', admin: { name: '', token: '' } };

/** Tests on the Gitea of the run, which other files share; skipped where there is none. */
export function describeGitea(name: string, tests: (gitea: GiteaClient) => void): void {
  const place = inject('gitea');
  describe.skipIf(place === undefined)(`${name} (skipped without ../shared/e2e)`, () =>
    tests(giteaClient(place ?? nowhere)),
  );
}
