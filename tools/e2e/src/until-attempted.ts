import type { Api } from './api.ts';
import { keyOf, kustomizationsPath } from './fleet.ts';
import { type KubernetesObject, readyCondition } from './kubectl.ts';
import { until } from './until.ts';

/** What Flux ends with where it does not look at the revision at all: another try, or a person, is needed. */
const unattempted = ['DependencyNotReady', 'InvalidCELExpression'];

/**
 * Waits until Flux has done with a revision what it can, well or badly, in every FluxKustomization that is not suspended; returns them
 * all by their names. Throws what is still under way when it takes longer.
 */
export async function untilAttempted(
  api: Api,
  revision: string,
  seconds: number,
): Promise<ReadonlyMap<string, KubernetesObject>> {
  const read = async (): Promise<readonly KubernetesObject[]> => {
    const { body } = await api.get(kustomizationsPath);
    return (body as { readonly items?: readonly KubernetesObject[] }).items ?? [];
  };
  const busy = (each: KubernetesObject): boolean => {
    if (each.spec?.suspend === true) return false;
    const ready = readyCondition(each);
    if (ready === undefined || ready.status === 'Unknown') return true;
    if (ready.observedGeneration !== each.metadata.generation) return true;
    return each.status?.lastAttemptedRevision !== revision && !unattempted.includes(ready.reason ?? '');
  };
  return until(
    seconds,
    async () => {
      const all = await read();
      return all.some(busy) ? undefined : new Map(all.map((each) => [each.metadata.name, each]));
    },
    async () =>
      (await read())
        .filter(busy)
        .map((each) => `${keyOf(each)} ${JSON.stringify(each.status)}`)
        .join('\n'),
  );
}
