import { objectTitle } from '@fluxwright/kubernetes';
import type { TreeObject } from '../../tree/tree-object.ts';
import { specOf } from '../lint-context.ts';
import type { LintRule } from '../lint-rule.ts';

/** Without `wait` or `healthChecks` a Kustomization is Ready as soon as its objects are applied. */
export const noReadiness: LintRule = {
  code: 'lint/no-readiness',
  check: ({ applied, dependenciesOf }) => {
    const waited = new Map<TreeObject, TreeObject>();
    for (const { kustomization } of applied) {
      for (const { target } of dependenciesOf(kustomization)) {
        if (target !== undefined) waited.set(target, kustomization);
      }
    }
    return [...waited].flatMap(([target, dependant]) => {
      const { wait, healthChecks } = specOf(target);
      if (wait === true || (Array.isArray(healthChecks) && healthChecks.length > 0)) return [];
      return {
        object: target,
        at: ['spec'],
        part: 'key',
        message: `${objectTitle(target)} is ready as soon as it is applied, and ${objectTitle(dependant)} waits for it`,
        note: 'neither wait nor healthChecks',
        help: 'add wait: true',
      };
    });
  },
};
