import { secondsOf } from '../../render/flux/duration.ts';
import { objectTitle } from '../../validate/object-finding.ts';
import type { LintRule } from '../lint-rule.ts';

/** Without `timeout` Flux takes the interval less 30 seconds: with a long interval that is far too long. */
export const missingTimeout: LintRule = {
  code: 'lint/missing-timeout',
  check: ({ applied }) =>
    applied.flatMap(({ kustomization, spec }) => {
      const interval = secondsOf(String(spec.interval ?? ''));
      if (spec.timeout !== undefined || interval === undefined || interval <= longest) return [];
      return {
        object: kustomization,
        at: ['spec', 'interval'],
        message: `${objectTitle(kustomization)} does not say how long it waits, so it is the interval less 30 seconds`,
        note: 'no timeout',
        help: 'add timeout: 5m',
      };
    }),
};

/** Above this many seconds the default is no good. */
const longest = 15 * 60;
