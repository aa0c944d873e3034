import { type ClusterResult, compile, verdictFolder } from '@fluxwright/compiler';
import type { DiagnosticFormat } from '@fluxwright/diagnostics';
import { printResult } from '../print/print-result.ts';
import { sayProgress } from '../print/say-progress.ts';
import { printFindings } from './print-findings.ts';

interface CompileCommand {
  readonly root: string;
  /** None means all. */
  readonly clusters: readonly string[];
  readonly format: DiagnosticFormat;
  readonly write: boolean;
  /** Folder of the trees; generated/ by default. */
  readonly output?: string;
  /** Folder of packaged charts; charts/ by default. */
  readonly charts?: string;
}

/** Compiles clusters, prints a line for each that is good and all findings, and returns the exit code. */
export async function compileCommand({ clusters, format, ...options }: CompileCommand): Promise<number> {
  sayProgress('Reading the workspace');
  const result = await compile({
    ...options,
    cache: verdictFolder,
    ...(clusters.length === 0 ? {} : { clusters }),
    onCluster: ({ name }, { done, total }) => sayProgress(`${name} (${done} of ${total})`),
  });
  if (format === 'text')
    printResult(
      result.clusters
        .filter(({ built }) => built)
        .map(line)
        .join(''),
    );
  return printFindings(result, format);
}

function line({ name, objects, unchecked, unseen, write }: ClusterResult): string {
  const written = write === undefined ? '' : `, ${write.written.length} files written, ${write.removed.length} removed`;
  const remarks = [...(unchecked.length === 0 ? [] : [`without a schema: ${unchecked.join(', ')}`]), ...unseen];
  const open = remarks.length === 0 ? '' : ` (${remarks.join('; ')})`;
  return `${name}: ${objects} objects${open}${written}\n`;
}
