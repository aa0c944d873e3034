import { type Diagnostic, diagnostic } from '@fluxwright/diagnostics';
import type { ChartsOptions, ChartsRun } from './charts-run.ts';
import type { FetchContext } from './fetch/fetched-chart.ts';
import type { GitOptions } from './fetch/git-source.ts';
import { readCredentials } from './http/credentials.ts';
import { openHttp } from './http/http-client.ts';
import { ChartFailure, failureFinding } from './lock/chart-failure.ts';
import { type ContentCache, openContentCache } from './place/content-cache.ts';

/** What fetches. */
export interface Tools {
  readonly context: FetchContext;
  readonly cache: ContentCache;
  readonly git: () => GitOptions;
}

/** Client, cache and git of a run; a finding and nothing where a proxy or a file of CAs is wrong. */
function openTools(options: ChartsOptions, found: Diagnostic[]): Tools | undefined {
  const { environment, caFile, idleSeconds } = options;
  const cache = openContentCache(environment);
  try {
    return {
      context: { http: openHttp(options), credentials: readCredentials(environment), indexes: new Map() },
      cache,
      git: () => ({
        environment,
        ...(caFile !== undefined && { caFile }),
        ...(idleSeconds !== undefined && { idleSeconds }),
        scratch: cache.scratch(),
      }),
    };
  } catch (error) {
    if (!(error instanceof ChartFailure)) throw error;
    found.push(diagnostic(error.code, { message: error.message }));
    return undefined;
  }
}

/** Works with what fetches, and closes it. Undefined, and a finding, where it cannot be opened or the work fails. */
export async function withTools<T>(
  options: ChartsOptions,
  { run: { pins }, found }: { readonly run: ChartsRun; readonly found: Diagnostic[] },
  work: (tools: Tools) => Promise<T>,
): Promise<T | undefined> {
  const tools = openTools(options, found);
  if (tools === undefined) return undefined;
  try {
    return await work(tools);
  } catch (error) {
    found.push(failureFinding(error, (pins.charts[0] ?? pins.sources[0])?.span));
    return undefined;
  } finally {
    await tools.context.http.close();
  }
}
