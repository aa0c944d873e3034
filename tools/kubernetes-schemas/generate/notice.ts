import type { Licence } from './read-licence.ts';
import type { Source } from './source.ts';

/** The NOTICE of this package: every source with its licence, then the notices those licences ask to keep. */
export function renderNotice(reads: readonly { readonly source: Source; readonly licence: Licence }[]): string {
  const lines = [
    'The schemas under data/ are derived from the packages below. Each is under the licence named before it.',
    'Changes: custom resource definitions and OpenAPI files were converted to JSON Schema, descriptions left out.',
    '',
    ...reads.map(({ source, licence }) => `${licence.id}  ${source.module} ${source.version} (${source.registry})`),
  ];
  for (const { source, licence } of reads) {
    if (licence.notice === null) continue;
    lines.push('', `---- NOTICE of ${source.module} ${source.version} ----`, '', licence.notice);
  }
  return `${lines.join('\n')}\n`;
}
