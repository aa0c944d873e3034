import { knownScope, type ScopeOf } from '@fluxwright/kubernetes';
import type { TaskResult } from './rendered-object.ts';
import { readYaml } from './yaml/read-yaml.ts';
import type { YamlContent, YamlReading } from './yaml/yaml-document.ts';

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
  const results = leastRecentlyUsed<TaskResult>(bounds.results);
  const contents = leastRecentlyUsed<YamlContent>(bounds.characters);
  return {
    scopeOf,
    result: (digest, make) => results(digest, 1, make),
    readYaml: (text, reading = 'ours') => contents(`${reading} ${text}`, text.length, () => readYaml(text, reading)),
  };
}

/** A bounded memory: Map keeps insertion order, so the first key is the one used longest ago. */
function leastRecentlyUsed<Value>(limit: number): (key: string, weight: number, make: () => Value) => Value {
  const entries = new Map<string, { readonly value: Value; readonly weight: number }>();
  let total = 0;
  return (key, weight, make) => {
    const known = entries.get(key);
    if (known !== undefined) {
      entries.delete(key);
      entries.set(key, known);
      return known.value;
    }
    const value = make();
    entries.set(key, { value, weight });
    total += weight;
    for (const [oldest, entry] of entries) {
      if (total <= limit) break;
      entries.delete(oldest);
      total -= entry.weight;
    }
    return value;
  };
}
