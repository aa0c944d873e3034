/**
 * True where a file can say which objects Flux applies, or which chart a release is of: FluxKustomizations, kustomization
 * files and sources. Looks for the names of their API groups anywhere, so it may be true for more.
 */
export function saysWhatFluxApplies(text: string | Buffer): boolean {
  return groups.some((group) => text.includes(group));
}

const groups = ['kustomize.toolkit.fluxcd.io', 'kustomize.config.k8s.io', 'source.toolkit.fluxcd.io'];
