import type { JsonPath } from '@fluxwright/documents';
import type { ComponentSpec, NamedObject, NeededApi } from '../generated/component.ts';
import { providedServices, serviceCapability } from './services.ts';
import type { Component, TemplateStage } from './workspace.ts';

/** Something a component needs in the cluster, and where its manifest says so. */
export interface Requirement {
  readonly name: string;
  /** The stage to wait for, where the manifest names one. */
  readonly stage?: TemplateStage;
  /** Why, where no object shows it. */
  readonly because?: string;
  /** The stage that waits. */
  readonly from: TemplateStage;
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
    (list?.capabilities ?? []).map((each, index) => ({
      ...(typeof each === 'string' ? { name: each } : each),
      from,
      path: [...path, 'capabilities', index],
    })),
  );
}

/** The objects that `component` requires by name. */
export function requiredObjects({
  spec,
}: Component): readonly { object: NamedObject; from: TemplateStage; path: JsonPath }[] {
  return requirementLists(spec).flatMap(({ from, path, list }) =>
    (list?.objects ?? []).map((object, index) => ({ object, from, path: [...path, 'objects', index] })),
  );
}

/** The custom kinds that the programs of `component` read, in the version they ask for. */
export function requiredApis({ spec }: Component): readonly { api: NeededApi; from: TemplateStage; path: JsonPath }[] {
  return requirementLists(spec).flatMap(({ from, path, list }) =>
    (list?.apis ?? []).map((api, index) => ({ api, from, path: [...path, 'apis', index] })),
  );
}

/** A custom resource definition that a component installs. */
export interface ProvidedDefinition {
  /** `<plural>.<group>` */
  readonly name: string;
  /** The versions that it serves; absent where the manifest does not say. */
  readonly versions?: readonly string[];
  readonly path: JsonPath;
}

/** The custom resource definitions that `component` provides. */
export function providedDefinitions({ spec }: Component): readonly ProvidedDefinition[] {
  return (spec.provides?.crds ?? []).map((each, index) => ({
    ...(typeof each === 'string' ? { name: each } : each),
    path: ['spec', 'provides', 'crds', index],
  }));
}

/** Something a component gives the cluster. */
export interface ProvidedCapability {
  readonly name: string;
  /** The stage after which it works. */
  readonly stage: TemplateStage;
  /** True where no object shows who needs it. */
  readonly unseen: boolean;
  readonly path: JsonPath;
}

/** The capabilities that `component` provides. */
export function providedCapabilities({ spec, templates }: Component): readonly ProvidedCapability[] {
  const last = templates.configure.length > 0 ? 'configure' : 'install';
  return [
    ...(spec.provides?.capabilities ?? []).map((each, index) => {
      const { name, stage = 'install', unseen = false } = typeof each === 'string' ? { name: each } : each;
      return { name, stage, unseen, path: ['spec', 'provides', 'capabilities', index] } as const;
    }),
    ...providedServices(spec).map(
      ({ said: { kind, stage = last }, path }) =>
        ({ name: serviceCapability(kind), stage, unseen: true, path }) as const,
    ),
  ];
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
