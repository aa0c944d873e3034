import { type Diagnostic, diagnostic, type Span } from '@fluxwright/diagnostics';
import { formatPath, type JsonPath, type JsonValue, valueAt } from '@fluxwright/documents';
import { exclusiveValues } from '@fluxwright/model';
import type { BoundService } from './bound-services.ts';

/** Requests to one provider for what only one of them can have, as the contract of their kind says. */
export function sharedDemands(services: readonly BoundService[]): readonly Diagnostic[] {
  const owned = services.filter(({ request }) => request.said.of === undefined);
  const providers = Map.groupBy(owned, ({ request }) => `${request.kind} ${request.provider.component}`);
  return [...providers.values()].flatMap((group) => {
    const [one] = group;
    if (one === undefined || group.length < 2) return [];
    return exclusiveValues(one.request.contract.request).flatMap((marked) => demandedTwice(group, marked));
  });
}

interface Marked {
  readonly path: JsonPath;
  readonly rule: Span;
}

function demandedTwice(group: readonly BoundService[], marked: Marked): readonly Diagnostic[] {
  const first = new Map<string, BoundService>();
  return group.flatMap((service) => {
    const items = itemsAt(service, marked.path);
    const taken = items.find((item) => first.has(item));
    const other = taken === undefined ? undefined : first.get(taken);
    for (const item of items) if (!first.has(item)) first.set(item, service);
    return taken === undefined || other === undefined ? [] : [finding(service, other, { ...marked, shown: taken })];
  });
}

/** The value that a request has at a path, or each of a list, as JSON. */
function itemsAt({ context }: BoundService, path: JsonPath): readonly string[] {
  const value = valueAt(context.roots.request?.value ?? null, ['with', ...path]);
  if (value === undefined) return [];
  const items: readonly JsonValue[] = Array.isArray(value) ? value : [value];
  return items.map((item) => JSON.stringify(item));
}

function finding(
  { request, originsOf }: BoundService,
  other: BoundService,
  { path, rule, shown }: Marked & { readonly shown: string },
): Diagnostic {
  const at: JsonPath = ['with', ...path];
  const who = `"${request.provider.component}"`;
  return diagnostic('plan/refused-request', {
    message: `two requests to ${who} want ${formatPath(path)} ${shown}, which one ${request.kind} can have`,
    primary: originsOf(at)[0] ?? request.span,
    note: `the second, ${request.key}`,
    labels: [
      { span: other.originsOf(at)[0] ?? other.request.span, message: `the first, ${other.request.key}` },
      { span: rule, message: 'the contract says so here' },
    ],
    help: 'ask for another one; to share what another component has, write "of"',
  });
}
