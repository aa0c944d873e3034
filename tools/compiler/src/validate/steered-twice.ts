import type { Diagnostic } from '@fluxwright/diagnostics';
import type { JsonPath } from '@fluxwright/documents';
import { groupOf, objectTitle, thingsOf } from '@fluxwright/kubernetes';
import { objectFinding } from '../data/object-finding.ts';
import type { Resource } from '../data/rendered-cluster.ts';
import { catalogueFacts } from '../needs/catalogue-facts.ts';
import type { Check, CheckContext } from './check.ts';

/** An object that sets something of another one again and again. */
interface Steering {
  readonly by: Resource;
  readonly at: JsonPath;
  /** `Deployment shop/web`. */
  readonly target: string;
  /** `replicas`, or a resource. */
  readonly what: string;
}

/**
 * No two objects steer the same of one workload: two numbers of replicas are set in turn for ever, and who scales by a share of the
 * requests never comes to rest while another one changes these
 * (https://github.com/kubernetes/autoscaler/blob/4dcb11de2bd181702d35c44a02510b74456ac30b/vertical-pod-autoscaler/docs/known-limitations.md).
 * Which kinds steer what is said where they are declared: provides.kinds.
 */
export const steeredTwice: Check = ({ rendered, applied }: CheckContext): readonly Diagnostic[] => {
  const { relations } = catalogueFacts(rendered.cluster);
  const steerings = applied.flatMap((by) =>
    (relations.get(`${groupOf(by.apiVersion)}/${by.kind}`)?.steers ?? []).flatMap((relation) =>
      thingsOf(relation, by.object, { namespace: by.namespace }).flatMap(({ id, keys = [], at }) =>
        keys.map(({ text, path }): Steering => {
          const target = `${id.kind} ${id.namespace ?? 'default'}/${id.name}`;
          return { by, at: path.length > 0 ? path : at, target, what: text };
        }),
      ),
    ),
  );
  const alike = Map.groupBy(steerings, ({ target, what }) => `${target} ${what}`);
  return [...alike.values()].flatMap(([first, ...others]) => {
    const second = others.find(({ by }) => by !== first?.by);
    return first === undefined || second === undefined ? [] : [finding(second, first)];
  });
};

function finding({ by, at, target, what }: Steering, other: Steering): Diagnostic {
  const isNumber = what === 'replicas';
  return objectFinding('validate/steered-twice', by, {
    at,
    message: `${objectTitle(by)} steers the ${what} of ${target}, and so does ${objectTitle(other.by)}`,
    labels: [{ span: other.by.origin.trace(other.at).span, message: `${objectTitle(other.by)} steers it here` }],
    help: isNumber
      ? 'leave one of the two out'
      : `let one of them leave ${what} alone: scale by another metric, or only recommend requests of ${what}`,
  });
}
