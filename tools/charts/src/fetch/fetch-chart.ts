import type { LockedChart } from '@fluxwright/model';
import { ChartFailure } from '../lock/chart-failure.ts';
import type { FetchContext } from './fetched-chart.ts';
import { fetchFromRepository } from './helm-repository.ts';
import { fetchFromRegistry } from './oci-registry.ts';

/** The bytes of a chart from its repository or registry; with the digest of a lock, those bytes or a failure. */
export async function fetchChart(
  asked: Pick<LockedChart, 'repository' | 'chart' | 'version'>,
  context: FetchContext,
  digest?: string,
): Promise<Buffer> {
  refuseLogin(asked.repository);
  if (/^[./]|\.\.|[\\?#%]/.test(asked.chart) || (!asked.repository.startsWith('oci:') && asked.chart.includes('/')))
    throw new ChartFailure('charts/not-found', `${JSON.stringify(asked.chart)} is no name of a chart`);
  return asked.repository.startsWith('oci:')
    ? fetchFromRegistry(asked, context, digest)
    : fetchFromRepository(asked, context);
}

/** Refuses an address with a login in it: manifests and the lock are in the repository, for all to read. */
export function refuseLogin(address: string): void {
  if (/^(oci|https?):\/\/[^/]*@|^ssh:\/\/[^/@]*:[^/]*@/.test(address))
    throw new ChartFailure('charts/unauthorized', 'the address of the repository has a login in it', {
      note: 'whoever reads component.yaml could use it',
      help: 'take it out, make a new one, and put that into the environment or a client file',
    });
}
