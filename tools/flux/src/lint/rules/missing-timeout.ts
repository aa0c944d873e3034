import { goDuration, objectTitle } from '@fluxwright/kubernetes';
import type { LintRule } from '../lint-rule.ts';

/**
 * Without `timeout` Flux takes the interval less 30 seconds, at least 30: a bound that a failing folder reaches, and with
 * a long interval far too long (kustomize-controller v1.9.5 api/v1/kustomization_types.go, GetTimeout).
 */
export const missingTimeout: LintRule = {
  code: 'lint/missing-timeout',
  check: ({ applied }) =>
    applied.flatMap(({ kustomization, spec }) => {
      const interval = goDuration(spec.interval);
      if (spec.timeout !== undefined || interval === undefined || interval <= longest) return [];
      return {
        object: kustomization,
        at: ['spec', 'interval'],
        message: `${objectTitle(kustomization)} does not say how long it waits, so it may be the interval less 30 seconds`,
        note: 'no timeout',
        help: 'add timeout: 5m',
      };
    }),
};

/** Above this many seconds the default is no good. */
const longest = 15 * 60;
