/**
 * Oldest Flux 2 minor the output is for: GitRepository's sparse checkout and OCIRepository v1 are of 2.6
 * (https://fluxcd.io/blog/2025/05/flux-v2.6.0/).
 */
export const oldestFlux = 6;
