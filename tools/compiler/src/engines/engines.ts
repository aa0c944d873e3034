import { join } from 'node:path';
import { type RenderEngine, renderEngine } from '@fluxwright/flux';
import { engineDigest as renderDigest } from 'flux-render-wasm';
import { engineDigest as schemaDigest } from 'kubeconform-wasm';
import { LRUCache } from 'lru-cache';
import { compilerVersion } from '../data/compiler-version.ts';
import type { ChartLibrary } from './chart-library.ts';
import { type SchemaEngines, schemaEngines } from './schema-engine.ts';
import { openVerdicts, type VerdictStore } from './verdict-store.ts';

/** The code that Flux and Kubernetes run, for one run of the compiler. Each starts when it is first needed. */
export interface Engines {
  readonly schemas: SchemaEngines;
  readonly render: RenderEngine;
  readonly charts: ChartLibrary;
  /** What was judged, by the digest of all that decides it. */
  readonly verdicts: VerdictStore;
  /** What was rendered, by the digest of all that decides it. */
  readonly results: LRUCache<string, Promise<unknown>>;
  /** Writes down what was found good. */
  [Symbol.dispose](): void;
}

/** Some ten components of a fleet have a base or a chart, in a handful of variants; a result has up to some MiB. */
const mostResults = 64;

export interface EngineOptions {
  /** Keeps good verdicts for the next process; nothing is kept by default. */
  readonly folder?: string;
  /** The charts at hand; none by default. */
  readonly charts?: ChartLibrary;
}

export function openEngines({ folder, charts = noCharts }: EngineOptions = {}): Engines {
  const memory = folder === undefined ? undefined : join(folder, 'good');
  const verdicts = openVerdicts(`${compilerVersion} ${schemaDigest()} ${renderDigest()}`, memory);
  return {
    schemas: schemaEngines(verdicts),
    render: renderEngine,
    charts,
    verdicts,
    results: new LRUCache({ max: mostResults }),
    [Symbol.dispose]: () => verdicts.save(),
  };
}

const noCharts: ChartLibrary = {
  folder: '',
  isOwn: true,
  find: () => undefined,
  source: () => undefined,
  lockedChart: () => undefined,
  lockedSource: () => undefined,
};

/** The result with this digest: made once while it is remembered, also by two who ask at the same time. */
export function makeOnce<Value>({ results }: Engines, digest: string, make: () => Promise<Value>): Promise<Value> {
  const known = results.get(digest) as Promise<Value> | undefined;
  if (known !== undefined) return known;
  const made = make();
  results.set(digest, made);
  return made;
}
