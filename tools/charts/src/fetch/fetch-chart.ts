import type { LockedChart } from '@fluxwright/model';
import { ChartFailure } from '../lock/chart-failure.ts';
import type { FetchContext } from './fetched-chart.ts';
import { fetchFromRepository, provenanceInRepository } from './helm-repository.ts';
import { fetchFromRegistry, provenanceInRegistry } from './oci-registry.ts';

type Asked = Pick<LockedChart, 'repository' | 'chart' | 'version'>;

/** The bytes of a chart from its repository or registry; with the digest of a lock, those bytes or a failure. */
export async function fetchChart(asked: Asked, context: FetchContext, digest?: string): Promise<Buffer> {
  checkAsked(asked);
  return isRegistry(asked) ? fetchFromRegistry(asked, context, digest) : fetchFromRepository(asked, context);
}

/** The text of a chart's provenance file; undefined where none is published. */
export async function fetchProvenance(asked: Asked, context: FetchContext): Promise<string | undefined> {
  checkAsked(asked);
  return isRegistry(asked) ? provenanceInRegistry(asked, context) : provenanceInRepository(asked, context);
}

function isRegistry({ repository }: Asked): boolean {
  return repository.startsWith('oci:');
}

function checkAsked(asked: Asked): void {
  refuseLogin(asked.repository);
  if (/^[./]|\.\.|[\\?#%]/.test(asked.chart) || (!isRegistry(asked) && asked.chart.includes('/')))
    throw new ChartFailure('charts/not-found', `${JSON.stringify(asked.chart)} is no name of a chart`);
}

/** Refuses an address with a login in it: manifests and the lock are in the repository, for all to read. */
export function refuseLogin(address: string): void {
  if (/^(oci|https?):\/\/[^/]*@|^ssh:\/\/[^/@]*:[^/]*@/.test(address))
    throw new ChartFailure('charts/unauthorized', 'the address of the repository has a login in it', {
      note: 'whoever reads component.yaml could use it',
      help: 'take it out, make a new one, and put that into the environment or a client file',
    });
}
