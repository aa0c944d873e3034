import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

/** A Kubernetes object of a generated tree. */
export interface TreeObject {
  /** From the tree's folder. */
  readonly file: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly spec?: Readonly<Record<string, unknown>>;
  /** Of a ConfigMap. */
  readonly data?: Readonly<Record<string, string>>;
}

/** Every Kubernetes object of a generated tree, sorted by file; KustomizationFiles and values of charts are none. */
export function readObjects(tree: string): TreeObject[] {
  return globSync('**/*.yaml', { cwd: tree })
    .sort()
    .map((file) => ({ ...parse(readFileSync(path.join(tree, file), 'utf8')), file }))
    .filter(({ apiVersion }) => apiVersion !== undefined && !String(apiVersion).startsWith('kustomize.config.k8s.io/'));
}
