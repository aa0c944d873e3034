import { isScalar, type Node, type Scalar } from 'yaml';
import type { JsonValue } from '../value/source-document.ts';
import { kubernetesKey, kubernetesScalar, type YamlReader } from './kubernetes-scalar.ts';

/** A plain scalar that not everybody reads alike. */
export interface Readings {
  readonly text: string;
  /** By the core schema of YAML 1.2 (https://yaml.org/spec/1.2.2/#103-core-schema). */
  readonly core: JsonValue;
  readonly helm: JsonValue;
  readonly kustomize: JsonValue;
}

/**
 * The readings of a scalar, where they differ; `at` says whether it is a key, which is text to all and not always the same one.
 * What is in quotes, in a block or has a tag means one thing.
 */
export function readings(node: Node | null, at: 'key' | 'value'): Readings | undefined {
  if (!isScalar(node) || !isPlain(node)) return undefined;
  const text = node.source ?? '';
  const read = (reader: YamlReader): JsonValue =>
    at === 'key' ? (kubernetesKey(text, reader) ?? text) : kubernetesScalar(text, reader);
  const core = at === 'key' ? text : (node.value as JsonValue);
  const [helm, kustomize] = [read('helm'), read('kustomize')];
  return isSame(core, helm) && isSame(core, kustomize) ? undefined : { text, core, helm, kustomize };
}

function isSame(a: JsonValue, b: JsonValue): boolean {
  return a === b || (Number.isNaN(a) && Number.isNaN(b));
}

/** True for a scalar whose text alone says what it is. */
export function isPlain({ type, tag }: Scalar): boolean {
  return type === 'PLAIN' && tag === undefined;
}

/** Who reads what, in words, and what to write for each. */
export function readingsInWords({ text, core, helm, kustomize }: Readings): {
  readonly note: string;
  readonly help: string;
} {
  const others = isSame(helm, kustomize)
    ? `Kubernetes ${said(helm)}`
    : isSame(core, kustomize)
      ? `Helm and kubectl ${said(helm)}`
      : `Helm ${said(helm)}, kustomize ${said(kustomize)}`;
  const choices = [...new Set([helm, core, kustomize, text].map((each) => JSON.stringify(each)))];
  return {
    note: `YAML 1.2 reads ${said(core)} here, ${others}`,
    help: `write ${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}, whichever is meant`,
  };
}

function said(value: JsonValue): string {
  return typeof value === 'string' ? `the text "${value}"` : String(value);
}
