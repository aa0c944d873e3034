import { type Diagnostic, diagnostic } from '@fluxwright/diagnostics';
import { formatPath, type JsonValue, valueAt } from '@fluxwright/documents';
import { exclusiveValues } from '@fluxwright/model';
import type { BoundService } from './bound-services.ts';

/** Requests to one provider for what only one of them can have, as the contract of their kind says. */
export function sharedDemands(services: readonly BoundService[]): readonly Diagnostic[] {
  const owned = services.filter(({ request }) => request.said.of === undefined);
  const providers = Map.groupBy(owned, ({ request }) => `${request.kind} ${request.provider.component}`);
  return [...providers.values()].flatMap((group) => {
    const [one] = group;
    if (one === undefined || group.length < 2) return [];
    return exclusiveValues(one.request.contract.request).flatMap(({ path, rule }) => {
      const first = new Map<string, BoundService>();
      return group.flatMap((service) => {
        const wanted = valueAt(service.context.roots.request?.value ?? null, ['with', ...path]);
        const items: readonly JsonValue[] = wanted === undefined ? [] : Array.isArray(wanted) ? wanted : [wanted];
        const taken = items.find((item) => first.has(JSON.stringify(item)));
        const other = taken === undefined ? undefined : first.get(JSON.stringify(taken));
        for (const item of items) if (!first.has(JSON.stringify(item))) first.set(JSON.stringify(item), service);
        if (other === undefined || taken === undefined) return [];
        const { request, originsOf } = service;
        const shown = typeof taken === 'string' ? `"${taken}"` : JSON.stringify(taken);
        return [
          diagnostic('plan/refused-request', {
            message: `two requests to "${request.provider.component}" want ${formatPath(path)} ${shown}, which one ${request.kind} can have`,
            primary: originsOf(['with', ...path])[0] ?? request.span,
            note: `the second, ${request.key}`,
            labels: [
              {
                span: other.originsOf(['with', ...path])[0] ?? other.request.span,
                message: `the first, ${other.request.key}`,
              },
              { span: rule, message: 'the contract says so here' },
            ],
            help: 'ask for another one; to share what another component has, write "of"',
          }),
        ];
      });
    });
  });
}
