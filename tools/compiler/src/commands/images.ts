import { type Diagnostic, hasErrors } from '@fluxwright/diagnostics';
import { type ImageBill, imageBill } from '../images/image-bill.ts';
import { openLine } from '../line/open-line.ts';
import { runOne } from '../line/run-one.ts';

export interface ImagesOptions {
  /** The workspace. */
  readonly root: string;
  readonly cluster: string;
  /** Folder of packaged charts, from `root`; `charts` by default. What is not in it is known as far as it was recorded. */
  readonly charts?: string;
}

export interface ImagesResult {
  /** Absent where the cluster does not compile as far as render. */
  readonly bill?: ImageBill;
  readonly diagnostics: readonly Diagnostic[];
  /** Text of every file that was read, for printers. */
  readonly sources: ReadonlyMap<string, string>;
}

/** Lists every image and chart that a cluster takes from elsewhere. */
export async function images({ root, cluster, charts }: ImagesOptions): Promise<ImagesResult> {
  using line = openLine({ root, clusters: [cluster], charts });
  const { rendered, diagnostics, sources } = await runOne(line, 'order');
  if (rendered === undefined || hasErrors(diagnostics)) return { diagnostics, sources };
  const { value: bill, diagnostics: found } = imageBill(rendered, line.engines.charts);
  return { bill, diagnostics: [...diagnostics, ...found], sources };
}
