import { isObject } from '@fluxwright/documents';
import { objectTitle } from '@fluxwright/kubernetes';
import { specOf } from '../lint-context.ts';
import { type LintRule, labelAt } from '../lint-rule.ts';

/** Replicas of a workload that is scaled by somebody else are not in the tree. */
export const autoscaledReplicas: LintRule = {
  code: 'lint/autoscaled-replicas',
  check: ({ ofKind, find }) =>
    [...ofKind('autoscaling', 'HorizontalPodAutoscaler'), ...ofKind('keda.sh', 'ScaledObject')].flatMap((scaler) => {
      const target = specOf(scaler).scaleTargetRef;
      if (!isObject(target)) return [];
      const kind = typeof target.kind === 'string' ? target.kind : 'Deployment';
      const workload = find({ group: 'apps', kind, namespace: scaler.namespace, name: String(target.name) });
      if (workload === undefined || specOf(workload).replicas === undefined) return [];
      return {
        object: workload,
        at: ['spec', 'replicas'],
        message: `${objectTitle(workload)} sets its replicas, and ${objectTitle(scaler)} changes them`,
        note: 'Flux sets them back at every interval',
        labels: labelAt(scaler, ['spec', 'scaleTargetRef'], 'scaled from here'),
        help: 'leave replicas out; Kubernetes starts with one',
      };
    }),
};
