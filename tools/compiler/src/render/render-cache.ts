import type { YamlContent, YamlReading } from '@fluxwright/documents';
import { readYaml } from '@fluxwright/documents';
import { knownScope, type ScopeOf } from '@fluxwright/kubernetes';
import { LRUCache } from 'lru-cache';
import type { TaskResult } from './rendered-object.ts';

/** Results of a run by task digest, and parsed YAML by its text. Not a cache on disk: it lives as long as one compile. */
export interface RenderCache {
  /** The result of the task with this digest; made once while it is remembered. */
  result(digest: string, make: () => TaskResult): TaskResult;
  /** By default a text of ours. */
  readYaml(text: string, reading?: YamlReading): YamlContent;
  /** Part of every result, so one cache knows one. */
  readonly scopeOf: ScopeOf;
}

/** How much a cache remembers: what was used longest ago is forgotten first. */
export interface CacheBounds {
  readonly results: number;
  /** Characters of YAML text. */
  readonly characters: number;
}

/** Room for all tasks that clusters share in a large catalogue; those of one cluster alone come and go. */
const defaultBounds: CacheBounds = { results: 2048, characters: 2 * 1024 * 1024 };

export interface CacheOptions {
  readonly bounds?: CacheBounds;
  readonly scopeOf?: ScopeOf;
}

/** Makes an empty cache. */
export function makeRenderCache({ bounds = defaultBounds, scopeOf = knownScope }: CacheOptions = {}): RenderCache {
  const results = new LRUCache<string, TaskResult>({ max: bounds.results });
  const contents = new LRUCache<string, YamlContent>({
    maxSize: bounds.characters,
    sizeCalculation: (_, text) => text.length,
  });
  return {
    scopeOf,
    result: (digest, make) => madeOnce(results, digest, make),
    readYaml: (text, reading = 'ours') => madeOnce(contents, `${reading} ${text}`, () => readYaml(text, reading)),
  };
}

function madeOnce<Value extends object>(kept: LRUCache<string, Value>, key: string, make: () => Value): Value {
  const known = kept.get(key);
  if (known !== undefined) return known;
  const value = make();
  kept.set(key, value);
  return value;
}
