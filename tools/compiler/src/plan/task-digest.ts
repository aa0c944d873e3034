import { hash } from 'node:crypto';
import type { JsonPath, JsonValue } from '@fluxwright/documents';
import { memo } from '@fluxwright/documents';
import type { ResolvedCluster } from '@fluxwright/model';
import type { TemplateAnalysis } from '../template/analyze-template.ts';
import { eachRoot, type TemplateContext } from '../template/template-context.ts';

function digestOf(text: string): string {
  return hash('sha256', text, 'hex');
}

/** sha256 of a file's text; computed once a file. */
export const textDigest = memo(({ text }: { readonly text: string }) => digestOf(text));

/** Digest over parts that JSON keeps apart: equal digests, equal parts in equal order. */
export function digestParts(parts: readonly JsonValue[]): string {
  return digestOf(JSON.stringify(parts, exactNumbers));
}

/** JSON has one text for what templates print differently. */
function exactNumbers(_key: string, value: unknown): unknown {
  return typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))
    ? { number: String(value) }
    : value;
}

/**
 * Everything of the context that a template can see through its reads. Key order counts, because `#each` and `toYaml`
 * keep it; where a read ends early, how it ended counts too, because messages say it.
 */
export function stateAtReads(
  analysis: TemplateAnalysis,
  context: TemplateContext,
  cluster: ResolvedCluster,
): JsonValue {
  const names = cluster.components.map(({ component }) => component.name);
  return [
    analysis.reads.map((path) => stateAt(context, path)),
    analysis.components.includes('*') ? names : analysis.components.map((name) => context.has(name)),
    analysis.capabilities.includes('*')
      ? [...cluster.capabilities.keys()]
      : analysis.capabilities.map((name) => context.capability(name)),
  ];
}

function stateAt({ roots }: TemplateContext, path: JsonPath): JsonValue {
  const [root, ...keys] = path;
  if (root === undefined) return eachRoot(roots, ({ value }) => value);
  let at: JsonValue = roots[root as 'values']?.value ?? null;
  for (const [depth, key] of keys.entries()) {
    if (at === null || typeof at !== 'object') return { ends: depth, type: at === null ? 'null' : typeof at };
    if (!Object.hasOwn(at, key)) return { ends: depth, type: 'absent' };
    at = (at as Record<string | number, JsonValue>)[key] ?? null;
  }
  return { is: at };
}
