import { byKey } from '@fluxwright/documents';
import type { CheckedAgainst } from '@fluxwright/flux';

interface Entry {
  readonly severity: string;
  readonly title: string;
}

/** The text of docs/errors/README.md: every code, and what the rules about Flux were checked against. */
export function errorIndex(
  codes: Readonly<Record<string, Entry>>,
  checked: Readonly<Record<string, CheckedAgainst>>,
): string {
  const sorted = Object.entries(codes).sort(byKey);
  const stages = Map.groupBy(sorted, ([code]) => code.split('/')[0] ?? '');
  const index = [...stages].flatMap(([stage, entries]) => [
    `## ${stage}`,
    '| code | severity | what it means |',
    '| --- | --- | --- |',
    ...entries.map(([code, { severity, title }]) => `| [${code}](${code}.md) | ${severity} | ${cell(title)} |`),
    '',
  ]);
  const rules = Object.entries(checked)
    .sort(byKey)
    .map(
      ([code, { flux, read, sources, seen }]) =>
        `| [${code}](${code}.md) | ${flux.join(', ') || '–'} | ${read} | ${sources.join('; ') || '–'} | ${seen ? 'yes' : '–'} |`,
    );
  return [
    '# Codes',
    'Every finding has a code, and every code a page. This list is made by `npx nx run testing:error-index`.',
    '',
    ...index,
    '# Rules about Flux',
    'What each rule was held against: for which versions of Flux something was read, what, and where; and whether the same was seen on a',
    'running Flux 2.9 (`tools/e2e/test/flux-rules.test.ts`). A rule holds for the version that `--flux` says.',
    '',
    '| rule | Flux | read | where | seen running |',
    '| --- | --- | --- | --- | --- |',
    ...rules,
    '',
  ].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
