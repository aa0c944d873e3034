import type { ComponentSpec } from './generated/component.ts';
import type { JsonPath } from './source-document.ts';
import type { Component, StageName } from './workspace.ts';

/** Something a component needs in the cluster, and where its manifest says so. */
export interface Requirement {
  readonly name: string;
  /** The stage to wait for, where the manifest names one. */
  readonly stage?: StageName;
  /** The stage that waits. */
  readonly from: StageName;
  readonly path: JsonPath;
}

/** The components that `component` requires. */
export function requiredComponents({ spec }: Component): readonly Requirement[] {
  return requirementLists(spec).flatMap(({ from, path, list }) =>
    (list?.components ?? []).map((each, index) => ({
      ...(typeof each === 'string' ? { name: each } : each),
      from,
      path: [...path, 'components', index],
    })),
  );
}

/** The capabilities that `component` requires. */
export function requiredCapabilities({ spec }: Component): readonly Requirement[] {
  return requirementLists(spec).flatMap(({ from, path, list }) =>
    (list?.capabilities ?? []).map((name, index) => ({ name, from, path: [...path, 'capabilities', index] })),
  );
}

/** The capabilities that `component` provides, with the stage after which each works. */
export function providedCapabilities({
  spec,
}: Component): readonly { name: string; stage: StageName; path: JsonPath }[] {
  return (spec.provides?.capabilities ?? []).map((each, index) => {
    const { name, stage = 'install' } = typeof each === 'string' ? { name: each } : each;
    return { name, stage, path: ['spec', 'provides', 'capabilities', index] };
  });
}

function requirementLists(spec: ComponentSpec) {
  return [
    { from: 'install', path: ['spec', 'requires'], list: spec.requires },
    { from: 'configure', path: ['spec', 'configure', 'requires'], list: spec.configure?.requires },
  ] as const;
}

/** Where a component's manifest says that it provides a capability. */
export function providedPath(component: Component, capability: string): JsonPath {
  return providedCapabilities(component).find(({ name }) => name === capability)?.path ?? ['spec', 'provides'];
}
