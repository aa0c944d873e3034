import { randomBytes } from 'node:crypto';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { diagnostic } from '@fluxwright/diagnostics';
import type { Forge } from './forge.ts';
import { askForge, forgeFailure } from './forge-failure.ts';

/** A user that may publish to one repository and do nothing else, and where its token goes. */
export interface PublisherUser {
  readonly name: string;
  /** Absolute; made by this, readable for its owner alone. */
  readonly tokenFile: string;
}

/** What publishing needs: git, and pull requests with their labels. */
const scopes = ['write:repository', 'write:issue'];

/**
 * Makes the user, with a password that nobody learns, and a token of its own that is written to the file and nowhere else. The
 * file must not exist: a token that is in use is never overwritten. Where Gitea refuses, no file is left. Needs an
 * administrator (Gitea's API has no other way to make users). Throws a ForgeFailure.
 */
export async function makePublisherUser(forge: Forge, { name, tokenFile }: PublisherUser): Promise<void> {
  const file = openTokenFile(tokenFile);
  let isDone = false;
  try {
    const password = randomBytes(32).toString('base64url');
    await askForge({ doing: `make user ${name}, which administrators may`, server: forge.server }, () =>
      forge.api.admin.adminCreateUser({
        username: name,
        password,
        // Never written to: the domain is reserved (RFC 2606).
        email: `${name}@fluxwright.invalid`,
        must_change_password: false,
        restricted: true,
        visibility: 'private',
      }),
    );
    // Gitea makes tokens for who shows a password only.
    const { data } = await askForge({ doing: `make a token of ${name}`, server: forge.server }, () =>
      forge.as({ username: name, token: password }).users.userCreateToken(name, { name: 'fluxwright', scopes }),
    );
    writeSync(file, `${data.sha1 ?? ''}\n`);
    isDone = true;
  } finally {
    closeSync(file);
    if (!isDone) rmSync(tokenFile, { force: true });
  }
}

function openTokenFile(path: string): number {
  try {
    return openSync(path, 'wx', 0o600);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    const says =
      code === 'EEXIST' ? 'it is there already, and a token is never overwritten' : `the system says ${code}`;
    throw forgeFailure(
      diagnostic('publish/forge', {
        message: `the token cannot be written to ${path}: ${says}`,
        help: 'name a file that is not there, in a folder that is',
      }),
    );
  }
}
