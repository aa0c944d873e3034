import { objectTitle } from '@fluxwright/kubernetes';
import { type LintRule, labelAt } from '../lint-rule.ts';

/** `wait: true` looks at everything that was applied, and does not read `healthChecks`. */
export const ignoredHealthChecks: LintRule = {
  code: 'lint/ignored-health-checks',
  check: ({ applied }) =>
    applied.flatMap(({ kustomization, spec: { wait, healthChecks } }) =>
      wait === true && Array.isArray(healthChecks) && healthChecks.length > 0
        ? {
            object: kustomization,
            at: ['spec', 'healthChecks'],
            part: 'key',
            message: `${objectTitle(kustomization)} names healthChecks, which wait: true makes Flux ignore`,
            note: 'never read',
            labels: labelAt(kustomization, ['spec', 'wait'], 'because of this'),
            help: 'remove wait and list everything that counts, or remove healthChecks',
          }
        : [],
    ),
};
