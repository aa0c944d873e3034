import { type RunResult, run, tryRun } from './run.ts';
import type { Stack } from './stack.ts';

export type KubernetesObject = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly resourceVersion?: string;
    readonly generation?: number;
    readonly creationTimestamp?: string;
    readonly deletionTimestamp?: string;
    readonly finalizers?: readonly string[];
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly spec?: Record<string, unknown>;
  readonly status?: {
    readonly conditions?: readonly Condition[];
    readonly observedGeneration?: number;
    readonly lastAppliedRevision?: string;
    readonly lastAttemptedRevision?: string;
    readonly inventory?: { readonly entries?: readonly { readonly id: string; readonly v: string }[] };
  };
};

export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastTransitionTime?: string;
  readonly observedGeneration?: number;
}

/** The stack's own kubectl, pointed at the stack's API server. */
export function kubectl(stack: Stack, args: readonly string[], input?: string): Promise<string> {
  return run(stack.kubectl, ['--kubeconfig', stack.kubeconfig, ...args], input === undefined ? {} : { input });
}

/** As {@link kubectl}, without throwing when the server refuses. */
export function tryKubectl(stack: Stack, args: readonly string[], input?: string): Promise<RunResult> {
  return tryRun(stack.kubectl, ['--kubeconfig', stack.kubeconfig, ...args], input === undefined ? {} : { input });
}

/** Applies YAML on the server's side, as Flux does. */
export async function apply(stack: Stack, yaml: string): Promise<void> {
  await kubectl(stack, ['apply', '--server-side', '--force-conflicts', '-f', '-'], yaml);
}

/** All objects of a kind, in every namespace. */
export async function list(stack: Stack, kind: string): Promise<readonly KubernetesObject[]> {
  return JSON.parse(await kubectl(stack, ['get', kind, '-A', '-o', 'json'])).items;
}

/** The condition `Ready` of an object. */
export function readyCondition(object: KubernetesObject): Condition | undefined {
  return object.status?.conditions?.find((each) => each.type === 'Ready');
}
