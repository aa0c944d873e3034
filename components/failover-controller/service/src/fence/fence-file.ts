import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fenceName } from './fence-policy.ts';

/**
 * The fence of a node: a file in the folder that Cilium's agent reads policies from (--static-cnp-path; Cilium's
 * documentation, "Disk based Cilium Network Policies"). It works without an API server, and stays over a restart.
 */
export class FenceFile {
  readonly #file: string;
  readonly #part: string;
  readonly #policy: string;

  /** `folder` is on the node's disk; nothing else writes there. */
  constructor(folder: string, policy: string) {
    mkdirSync(folder, { recursive: true });
    // The agent reads each .yaml of the folder at once, and does not take half a file: it is made beside it.
    this.#part = path.join(folder, `.${fenceName}.part`);
    this.#file = path.join(folder, `${fenceName}.yaml`);
    this.#policy = policy;
  }

  /** Whether the fence stands, with the policy that this guard has. */
  get closed(): boolean {
    try {
      return readFileSync(this.#file, 'utf8') === this.#policy;
    } catch {
      return false;
    }
  }

  close(): void {
    if (this.closed) return;
    writeFileSync(this.#part, this.#policy);
    renameSync(this.#part, this.#file);
  }

  open(): void {
    rmSync(this.#file, { force: true });
  }
}
