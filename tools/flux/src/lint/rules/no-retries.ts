import { type JsonValue, valueAt } from '@fluxwright/documents';
import { objectTitle } from '@fluxwright/kubernetes';
import type { LintRule } from '../lint-rule.ts';

/**
 * Without retries or the strategy RetryOnFailure (2.7) the first failure is the last try, unless helm-controller runs with
 * the feature gate DefaultToRetryOnFailure (from 1.5.2 on, Flux 2.8.2), which counts where no strategy is said
 * (helm-controller v1.6.3 api/v2/helmrelease_types.go GetRetry, internal/features/features.go).
 */
export const noRetries: LintRule = {
  code: 'lint/no-retries',
  check: ({ releases, minor, gates }) =>
    releases.flatMap((object) =>
      ['install', 'upgrade'].flatMap((action) => {
        const settings = valueAt(object.object, ['spec', action]) ?? {};
        if (isRetried(settings, { minor, isDefault: gates.get('DefaultToRetryOnFailure') === true })) return [];
        return {
          object,
          at: valueAt(object.object, ['spec', action]) === undefined ? ['spec'] : ['spec', action],
          part: 'key' as const,
          message: `${objectTitle(object)} is not tried again when its ${action} fails`,
          note: 'zero retries by default',
          help:
            minor >= 7 ? `add ${action}.strategy: {name: RetryOnFailure}` : `add ${action}.remediation: {retries: 3}`,
        };
      }),
    ),
};

function isRetried(
  settings: JsonValue,
  { minor, isDefault }: { readonly minor: number; readonly isDefault: boolean },
): boolean {
  const strategy = valueAt(settings, ['strategy', 'name']);
  const retries = valueAt(settings, ['remediation', 'retries']);
  if (strategy === undefined && isDefault) return true;
  return (strategy === 'RetryOnFailure' && minor >= 7) || (typeof retries === 'number' && retries !== 0);
}
