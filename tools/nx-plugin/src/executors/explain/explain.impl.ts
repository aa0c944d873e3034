import type { ExplanationFormat } from '@fluxwright/compiler';
import { formatDiagnostics } from '@fluxwright/diagnostics';
import type { ExecutorContext } from '@nx/devkit';
import { clusterOfProject } from '../cluster-of-project.ts';
import { loadCompiler } from '../load-compiler.ts';
import { writeResult } from '../print-result.ts';

interface ExplainTask {
  readonly object: string;
  readonly path?: string;
  readonly format?: ExplanationFormat;
  readonly charts?: string;
}

/** Prints where an object or value of the cluster came from; fails with findings where it cannot tell. */
export async function explainExecutor({ format = 'text', ...asked }: ExplainTask, context: ExecutorContext) {
  const { explain, formatExplanation } = await loadCompiler();
  const cluster = clusterOfProject(context, context.projectName ?? '') ?? '';
  const { explanation, diagnostics, sources } = await explain({ ...asked, root: context.root, cluster });
  if (explanation === undefined) process.stderr.write(formatDiagnostics(diagnostics, 'text', { sources }));
  else writeResult(formatExplanation(explanation, format));
  return { success: explanation !== undefined };
}
