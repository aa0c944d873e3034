/** The kinds of files that Fluxwright reads. */
export const inputKinds = [
  'component.yaml',
  'product.yaml',
  'cluster.yaml',
  'defaults.yaml',
  'values.yaml',
  'answer to a choice',
  'values.schema.json',
  'values.defs.json',
  'package.json',
  'template',
  'plain manifest',
  'helm values',
  'kustomization',
  'kustomize resource',
  'component test',
] as const;

export type InputKind = (typeof inputKinds)[number];

/** What a file of a workspace is, by its path from the root; nothing for what Fluxwright does not read. */
export function inputKind(file: string): InputKind | undefined {
  const name = file.slice(file.lastIndexOf('/') + 1);
  if (file === 'clusters/defaults.yaml') return 'defaults.yaml';
  if (file.startsWith('clusters/')) return name === 'cluster.yaml' ? 'cluster.yaml' : undefined;
  if (file.startsWith('products/')) return name === 'product.yaml' ? 'product.yaml' : undefined;
  if (file === 'components/values.defs.json') return 'values.defs.json';
  const inside = /^components\/[^/]+\/(.+)$/.exec(file)?.[1];
  if (inside === undefined) return undefined;
  if (inside === 'component.yaml' || inside === 'values.yaml' || inside === 'values.schema.json') return inside;
  if (/^values\.[^./]+\.[^/]+\.yaml$/.test(inside)) return 'answer to a choice';
  if (inside === 'package.json') return inside;
  if (inside === 'helm/values.yaml.hbs') return 'helm values';
  if (/^tests\/[^/]+\.yaml$/.test(inside)) return 'component test';
  if (/^kustomize\/(.+\/)?(kustomization\.ya?ml|Kustomization)$/.test(inside)) return 'kustomization';
  if (inside.startsWith('kustomize/')) return 'kustomize resource';
  if (/^(install|configure)\/.+\.hbs$/.test(inside)) return 'template';
  return /^(install|configure)\/.+\.yaml$/.test(inside) ? 'plain manifest' : undefined;
}
