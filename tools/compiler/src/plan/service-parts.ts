import type { ComponentFile, ResolvedCluster, StageName } from '@fluxwright/model';
import type { BoundService } from '../template/bound-services.ts';

/** One template of a provider for a service, and when its objects are applied. */
export interface ServicePart {
  /** Name of the task that makes it. */
  readonly id: string;
  readonly file: ComponentFile;
  readonly stage: StageName;
}

/** What a service is made of: what its consumer asked for, and where it is copied what crosses and what lets the other cluster in. */
export function serviceParts(cluster: ResolvedCluster, { request, provider, pair }: BoundService): ServicePart[] {
  const { services, crossing, trust } = provider.component;
  const { consumer, kind, name } = request;
  const part = (of: string, files: ReadonlyMap<string, ComponentFile>, stage: StageName): ServicePart[] => {
    const file = files.get(kind);
    return file === undefined ? [] : [{ id: `${consumer}/${of}/${kind}/${name}`, file, stage }];
  };
  const own = part('services', services, request.stage);
  if (pair === undefined) return own;
  return [...own, ...part('pair', crossing, 'pair'), ...part('trust', trust, trustStage(cluster, consumer))];
}

/**
 * What lets the other cluster in needs what the services have made. Copies wait for the stage `pair`, so there it comes with them. Where their
 * consumer runs it comes in that stage: nobody who runs here may wait for the other cluster's store.
 */
function trustStage({ standbys }: ResolvedCluster, consumer: string): StageName {
  return standbys.some(({ component }) => component.name === consumer) ? 'services' : 'pair';
}
