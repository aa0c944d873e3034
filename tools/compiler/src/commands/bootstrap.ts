import { type Diagnostic, diagnostic, hasErrors } from '@fluxwright/diagnostics';
import type { Bootstrap } from '../data/bootstrap.ts';
import { openLine } from '../line/open-line.ts';
import { runOne } from '../line/run-one.ts';

export interface BootstrapOptions {
  /** The workspace. */
  readonly root: string;
  readonly cluster: string;
}

export interface BootstrapResult {
  /** Absent where the cluster does not compile, or no component says how it comes to be. */
  readonly bootstrap?: Bootstrap;
  /** A file that lacks a value is an error here: without it nobody can begin. */
  readonly diagnostics: readonly Diagnostic[];
  /** Text of every file that was read, for printers. */
  readonly sources: ReadonlyMap<string, string>;
}

/** How a cluster comes to be before Flux keeps it: what a person hands over, and the steps. */
export async function bootstrap({ root, cluster }: BootstrapOptions): Promise<BootstrapResult> {
  using line = openLine({ root, clusters: [cluster] });
  const { rendered, diagnostics, sources } = await runOne(line, 'order');
  const found = diagnostics.map((each) =>
    each.code === 'bootstrap/incomplete' ? { ...each, severity: 'error' as const } : each,
  );
  if (rendered === undefined || hasErrors(diagnostics)) return { diagnostics: found, sources };
  if (rendered.bootstrap !== undefined) return { bootstrap: rendered.bootstrap, diagnostics: found, sources };
  const nothing = diagnostic('bootstrap/unsaid', {
    message: `no component of cluster "${cluster}" says how its machines and Flux come to be`,
    primary: { file: rendered.cluster.file },
    help: 'a component says it in bootstrap of its component.yaml, and by templates in its folder bootstrap/',
    cluster,
  });
  return { diagnostics: [...found, nothing], sources };
}
