import { type Diagnostic, diagnostic } from '@fluxwright/diagnostics';
import { lockFile } from '@fluxwright/model';
import type { Pins } from './chart-pins.ts';

/** The findings for what components ask for and the lock does not have. */
export function notLocked({ charts, sources }: Pins): readonly Diagnostic[] {
  return [
    ...charts.map(({ component, chart, version, repository, keyring, span }) =>
      diagnostic('charts/not-locked', {
        message: `the chart of "${component}" is not in the lock: ${chart} ${version}`,
        primary: span,
        note: `${lockFile} has no such entry of ${repository}${keyring === undefined ? '' : ' that says who signed it'}`,
      }),
    ),
    ...sources.map(({ component, git, span }) =>
      diagnostic('charts/not-locked', {
        message: `the source of "${component}" is not in the lock: ${git}`,
        primary: span,
        note: `${lockFile} has no entry with this ref and path`,
      }),
    ),
  ];
}
