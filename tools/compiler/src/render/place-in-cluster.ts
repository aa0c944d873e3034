import type { Span } from '@fluxwright/diagnostics';
import { formatPath, type JsonObject, type JsonPath, memo, valueAt } from '@fluxwright/documents';
import type { StageId } from '@fluxwright/model';
import type { Origin, Resource, ValueOrigin } from '../data/rendered-cluster.ts';
import { valuesAt } from '../template/layers-of.ts';
import { originsOf, type ServiceViewpoint } from '../template/origins-of.ts';
import type { RenderedObject, TracePoint } from './rendered-object.ts';

/** Where an object stands in a cluster. */
export interface Placement extends Omit<ServiceViewpoint, 'bound'> {
  readonly stage?: StageId;
  readonly path: string;
  readonly copied?: true;
}

/** The object as a resource of a cluster: from now on its values can be followed into that cluster's layers. */
export function placeInCluster(rendered: RenderedObject, placement: Placement): Resource {
  const { object, bound } = rendered;
  const viewpoint: ServiceViewpoint =
    bound === undefined ? placement : { ...placement, bound, resolved: bound.provider };
  const { name, namespace } = object.metadata as JsonObject;
  const origin: Origin = {
    ...(placement.stage === undefined ? {} : { stage: placement.stage }),
    span: rendered.span,
    trace: (path, part) => withLayers(pointAt(path, rendered.trace, part), viewpoint),
    ...(bound === undefined ? {} : { service: { provider: bound.provider.component.name, request: bound.request } }),
  };
  return {
    apiVersion: String(object.apiVersion),
    kind: String(object.kind),
    ...(typeof namespace === 'string' ? { namespace } : {}),
    name: String(name),
    object,
    origin,
    path: placement.path,
    ...(rendered.chart === undefined ? {} : { chart: rendered.chart }),
    ...(placement.copied ? { copied: true } : {}),
  };
}

/** Clusters that share an object ask for the same paths of it, and what wrote a value is the same for all of them. */
const pointAt = memo(
  (path: JsonPath, trace: RenderedObject['trace'], part: 'key' | 'value' | undefined): TracePoint => trace(path, part),
);

function withLayers({ span, reads, inside }: TracePoint, placement: ServiceViewpoint): ValueOrigin {
  if (reads.length === 0) return { span, layers: [], reads: [] };
  const paths = reads.map((path) => refine(path, inside, placement));
  const layers = paths.flatMap((path) => originsOf(path, placement));
  return { span, layers: distinct(layers), reads: paths.map(formatPath) };
}

/** The path goes on inside the value that was printed, where that value has such an inside. */
function refine(path: JsonPath, inside: JsonPath, placement: ServiceViewpoint): JsonPath {
  const values = valuesAt(path, placement);
  if (inside.length === 0 || values === undefined) return path;
  return valueAt(values.value, [...path.slice(1), ...inside]) === undefined ? path : [...path, ...inside];
}

function distinct(spans: readonly Span[]): readonly Span[] {
  if (spans.length < 2) return spans;
  return [...new Map(spans.map((span) => [`${span.file}:${span.start?.line}:${span.start?.column}`, span])).values()];
}
