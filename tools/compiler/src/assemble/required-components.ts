import type { Reason, ResolvedCluster } from '@fluxwright/model';

/**
 * The components that a cluster has only because others require them, with the reasons, sorted: no product has them and the
 * cluster does not name them.
 */
export function requiredComponents({ components }: ResolvedCluster): ReadonlyMap<string, readonly Reason[]> {
  const manifests = new Set(components.map(({ component }) => component.manifest.file));
  return new Map(
    components
      .filter(({ reasons }) => reasons.every(({ span }) => manifests.has(span.file)))
      .map(({ component, reasons }) => [component.name, reasons]),
  );
}
