import type { ScalarTag } from 'yaml';
import { kubernetesScalar } from './kubernetes-scalar.ts';

/** True for a text that Helm, kubectl and kustomize all give back where it stands plain, in a YAML file of any kind. */
export function isPlainToAll(text: string): boolean {
  return text !== '<<' && kubernetesScalar(text, 'helm') === text && kubernetesScalar(text, 'kustomize') === text;
}

/** For the option `compat` of the yaml library: what it writes is quoted unless it {@link isPlainToAll}. */
export const quoting: ScalarTag[] = [
  {
    tag: 'tag:yaml.org,2002:int',
    default: true,
    // The library asks nothing of it but `test`.
    test: { test: (text: string) => !isPlainToAll(text) } as RegExp,
    resolve: (text: string) => text,
  },
];
