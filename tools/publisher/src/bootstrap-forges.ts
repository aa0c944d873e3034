import type { Diagnostic } from '@fluxwright/diagnostics';
import { eachRepository } from './each-repository.ts';
import type { ConnectOptions } from './git/scratch-repository.ts';
import { bootstrapForge } from './gitea/bootstrap-forge.ts';
import { openForge } from './gitea/forge.ts';
import { forgeCredential } from './gitea/forge-credential.ts';
import type { ForgeStepResult } from './gitea/forge-step.ts';
import type { PublisherUser } from './gitea/publisher-user.ts';
import { type PrepareOptions, readTargets } from './prepare-clusters.ts';
import type { PublishTarget } from './target/publish-target.ts';

export interface BootstrapOptions extends PrepareOptions, ConnectOptions {
  /** Address of the Gitea server, where the clone URL does not say it. */
  readonly forge?: string;
  /** A public SSH key for Flux. */
  readonly deployKey?: string;
  /** A user that may publish, and the file its token goes to; the token is told nowhere else. */
  readonly user?: PublisherUser;
  /** Approvals a change of the branch needs; absent leaves the branch unprotected. */
  readonly approvals?: number;
  readonly dryRun?: boolean;
}

export interface BootstrapResult {
  readonly steps: readonly ForgeStepResult[];
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: ReadonlyMap<string, string>;
}

/** Makes what is missing on the forges that clusters are published to; see bootstrapForge. */
export async function bootstrapForges(options: BootstrapOptions): Promise<BootstrapResult> {
  const { deployKey, user, approvals, dryRun, forge: address } = options;
  const targets = readTargets(options);
  const places = new Map(targets.value.map((each) => [`${each.target.url} ${each.target.branch}`, each]));
  type Task = { readonly cluster: string; readonly target: PublishTarget };
  type Result = { readonly steps: readonly ForgeStepResult[]; readonly diagnostics: readonly Diagnostic[] };
  const results = await eachRepository<Task, Result>([...places.values()], {
    ...options,
    // Repositories share their organisation and the user.
    atOnce: 1,
    work: async (session, { target }) => {
      const credential = await forgeCredential(session, address ?? target.url);
      const forge = openForge({
        url: target.url,
        credential,
        ...(address !== undefined && { address }),
        ...(options.caFile !== undefined && { caFile: options.caFile }),
      });
      const steps = await bootstrapForge(forge, {
        ...(deployKey !== undefined && { deployKey: { title: 'flux', key: deployKey } }),
        ...(user !== undefined && { user }),
        ...(approvals !== undefined && { protect: { branch: target.branch, approvals } }),
        ...(dryRun !== undefined && { dryRun }),
      });
      return { steps, diagnostics: [] };
    },
    failed: (_, diagnostics) => ({ steps: [], diagnostics }),
  });
  return {
    steps: results.flatMap(({ steps }) => steps),
    diagnostics: [...targets.diagnostics, ...results.flatMap(({ diagnostics }) => diagnostics)],
    sources: targets.sources,
  };
}
