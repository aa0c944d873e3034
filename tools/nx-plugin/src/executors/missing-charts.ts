import { statSync } from 'node:fs';
import { resolve } from 'node:path';

/** What to say of an option `charts` that names no folder, which would prove nothing; undefined where all is well. */
export function missingCharts(root: string, charts: string | undefined): string | undefined {
  if (charts === undefined || charts === 'charts') return undefined;
  const folder = resolve(root, charts);
  const isThere = statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  return isThere ? undefined : `error: --charts: there is no folder ${folder}\n`;
}
