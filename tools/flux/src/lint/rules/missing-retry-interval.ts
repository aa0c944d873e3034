import { goDuration, objectTitle } from '@fluxwright/kubernetes';
import type { LintRule } from '../lint-rule.ts';

/** Without `retryInterval` Flux takes the interval: with a long interval that is far too long. */
export const missingRetryInterval: LintRule = {
  code: 'lint/missing-retry-interval',
  check: ({ applied }) =>
    applied.flatMap(({ kustomization, spec }) => {
      const interval = goDuration(spec.interval);
      if (spec.retryInterval !== undefined || interval === undefined || interval <= longest) return [];
      return {
        object: kustomization,
        at: ['spec', 'interval'],
        message: `${objectTitle(kustomization)} does not say when it tries again, so it is the interval`,
        note: 'no retryInterval',
        help: 'add retryInterval: 2m',
      };
    }),
};

/** Above this many seconds the default is no good. */
const longest = 15 * 60;
