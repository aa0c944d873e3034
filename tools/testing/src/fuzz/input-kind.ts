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
  return inside === undefined ? undefined : kindInComponent(inside);
}

function kindInComponent(file: string): InputKind | undefined {
  switch (file) {
    case 'component.yaml':
    case 'values.yaml':
    case 'values.schema.json':
    case 'package.json':
      return file;
    case 'helm/values.yaml.hbs':
      return 'helm values';
    default:
      return kindsByPath.find(([pattern]) => pattern.test(file))?.[1];
  }
}

/** The first that fits. */
const kindsByPath: readonly (readonly [RegExp, InputKind])[] = [
  [/^values\.[^./]+\.[^/]+\.yaml$/, 'answer to a choice'],
  [/^tests\/[^/]+\.yaml$/, 'component test'],
  [/^kustomize\/(.+\/)?(kustomization\.ya?ml|Kustomization)$/, 'kustomization'],
  [/^kustomize\//, 'kustomize resource'],
  [/^(install|configure)\/.+\.hbs$/, 'template'],
  [/^(install|configure)\/.+\.yaml$/, 'plain manifest'],
];
