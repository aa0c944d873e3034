import type { RenderedCluster } from '@fluxwright/compiler';
import { type Diagnostic, didYouMean } from '@fluxwright/diagnostics';
import { isObject, reach, valueAt } from '@fluxwright/documents';
import { isBeside, type StageId, type StageName, stageKey } from '@fluxwright/model';
import { type CaseContext, failure } from './case-context.ts';

/** What the emitted dependsOn does not keep of `expect.order`: it is read from the objects, as Flux does. */
export function checkOrder(context: CaseContext): readonly Diagnostic[] {
  const { component, test, rendered } = context;
  const waits = waitsOf(rendered);
  return Object.entries(test.spec.expect.order ?? {}).flatMap(([stage, before]) => {
    const from = stageKey({ component: component.name, stage: stage as StageName });
    if (!waits.has(from)) return [noStage(context, stage)];
    const next = (key: string) => waits.get(key) ?? [];
    const reached = reach(next(from), next);
    return (before as readonly string[]).flatMap((text, index) => {
      const wanted = stagesMeant(rendered, text);
      if (wanted !== undefined && reached.has(wanted)) return [];
      return [wrongOrder(context, { stage, index, text, direct: waits.get(from) ?? [] })];
    });
  });
}

/** FluxKustomization → those it names in dependsOn; the keys of stages are their names. */
function waitsOf({ resources }: RenderedCluster): ReadonlyMap<string, readonly string[]> {
  const kustomizations = resources.filter(({ path }) => path.startsWith('kustomizations/'));
  return new Map(
    kustomizations.map(({ name, object }) => {
      const dependsOn = valueAt(object, ['spec', 'dependsOn']);
      return [name, (Array.isArray(dependsOn) ? dependsOn : []).filter(isObject).map((each) => String(each.name))];
    }),
  );
}

/** `openbao` is its last stage: nobody waits for what is attached. */
function stagesMeant({ stages }: RenderedCluster, text: string): string | undefined {
  const [component, stage] = text.split('/');
  const own: readonly StageId[] = stages.filter((each) => each.component === component);
  const meant =
    stage === undefined ? own.filter((each) => !isBeside(each.stage)).at(-1) : own.find((each) => each.stage === stage);
  return meant && stageKey(meant);
}

function noStage(context: CaseContext, stage: string): Diagnostic {
  return failure('test/wrong-order', context, {
    at: ['order', stage],
    part: 'key',
    message: `${context.component.name} has no stage ${stage} in this cluster`,
    note: 'nothing is applied in it',
  });
}

interface WrongOrder {
  readonly stage: string;
  readonly index: number;
  readonly text: string;
  readonly direct: readonly string[];
}

function wrongOrder(context: CaseContext, { stage, index, text, direct }: WrongOrder): Diagnostic {
  const { component, rendered } = context;
  const known = stagesMeant(rendered, text) !== undefined;
  const names = rendered.stages.flatMap((each) => [each.component, stageKey(each)]);
  const near = known ? undefined : didYouMean(text, names);
  return failure('test/wrong-order', context, {
    at: ['order', stage, index],
    message: known
      ? `${component.name}/${stage} does not wait for ${text}`
      : `${component.name}/${stage} cannot wait for ${text}, which the cluster does not have`,
    note: known ? 'no dependsOn leads there' : 'no such stage',
    help: near ?? (direct.length === 0 ? 'it waits for nothing' : `it waits for ${direct.join(', ')}`),
  });
}
