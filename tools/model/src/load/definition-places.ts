import type { Span } from '@fluxwright/diagnostics';
import type { LockedSource } from './charts-lock.ts';
import type { Component } from './workspace.ts';

/** A folder in git that a component takes manifests or definitions from. */
export interface DefinitionPlace extends Pick<LockedSource, 'git' | 'ref' | 'path'> {
  /** True of `spec.source`, all of which is applied; of another place those definitions count that the component provides. */
  readonly isSource: boolean;
  /** Of what lies there, where it is not the component's own. */
  readonly license?: string;
  /** The line of component.yaml that says which commit. */
  readonly span: Span;
}

/** The places that a component names: its source, then `spec.definitions`. */
export function definitionPlaces({ manifest, spec }: Component): readonly DefinitionPlace[] {
  const { source, definitions = [] } = spec;
  const said = [
    ...(source === undefined ? [] : [{ ...source, isSource: true, at: ['source', 'ref'] }]),
    ...definitions.map((place, index) => ({ ...place, isSource: false, at: ['definitions', index, 'ref'] })),
  ];
  return said.map(({ git, ref, path, isSource, at, ...place }) => ({
    git,
    ref: ref as LockedSource['ref'],
    path,
    isSource,
    ...('license' in place && place.license !== undefined ? { license: place.license } : {}),
    span: manifest.locate(['spec', ...at]),
  }));
}
