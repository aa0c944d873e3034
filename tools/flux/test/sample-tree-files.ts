import { parse } from 'yaml';
import type { FileText } from '../src/tree/file-text.ts';
import type { FluxTree } from '../src/tree/flux-tree.ts';
import { fluxTree } from '../src/tree/read-files.ts';

/** One FluxKustomization of a sample tree: `spec` is YAML in one line, `objects` are YAML texts. */
export interface SampleNode {
  readonly name: string;
  readonly spec?: string;
  readonly objects?: readonly string[];
  /** Folder it applies, by default its name: two nodes of different trees may apply the same. */
  readonly folder?: string;
}

export interface SampleTree {
  readonly nodes: readonly SampleNode[];
  /** Path → what is lost with the object in it. */
  readonly data?: Readonly<Record<string, string>>;
  /** More files: path → text. */
  readonly files?: Readonly<Record<string, string>>;
}

/** A tree as the compiler lays one out, with a root that applies the nodes. */
export function sampleFluxTree({ nodes, data, files = {} }: SampleTree): FluxTree {
  const texts: Record<string, string> = {
    'flux-system/kustomization-flux-system.yaml': node(
      'flux-system',
      'clusters/one/flux-system',
      'prune: true, deletionPolicy: Orphan',
    ),
    'flux-system/gitrepository-flux-system.yaml':
      'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: flux-system, namespace: flux-system}\nspec: {url: "https://git.example.com/fleet.git"}\n',
    'flux-system/kustomization.yaml': list([
      '../kustomizations',
      'gitrepository-flux-system.yaml',
      'kustomization-flux-system.yaml',
    ]),
    'kustomizations/kustomization.yaml': list(nodes.map(({ name }) => `${name}.yaml`)),
    ...files,
  };
  for (const { name, spec = 'prune: true, wait: true', objects = [], folder = name } of nodes) {
    texts[`kustomizations/${name}.yaml`] = node(name, `clusters/one/components/${folder}/install`, spec);
    for (const [index, text] of objects.entries()) texts[`components/${folder}/install/${index}.yaml`] = text;
    texts[`components/${folder}/install/kustomization.yaml`] = list(objects.map((_, index) => `${index}.yaml`));
  }
  const all: FileText[] = Object.entries(texts)
    .map(([path, text]) => ({ path, text }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return fluxTree(all, { cluster: 'one', shown: 'generated/one', record: data && { data } });
}

/** JSON is YAML; what `spec` says stands over the rest. */
function node(name: string, path: string, spec: string): string {
  const defaults = {
    path: `./${path}`,
    interval: '1h',
    retryInterval: '2m',
    timeout: '5m',
    sourceRef: { kind: 'GitRepository', name: 'flux-system' },
  };
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: ${name}, namespace: flux-system}
spec: ${JSON.stringify({ ...defaults, ...parse(`{${spec}}`) })}
`;
}

function list(entries: readonly string[]): string {
  return `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: ${JSON.stringify(entries)}\n`;
}
