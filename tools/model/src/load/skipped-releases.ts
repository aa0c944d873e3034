import type { JsonPath } from '@fluxwright/documents';
import { gtr, satisfies, valid } from 'semver';
import type { Component } from './workspace.ts';

/** A rule of `spec.upgrades` that a step from one version to another breaks. */
export interface SkippedRelease {
  readonly through: string;
  readonly source: string;
  /** Where component.yaml says it. */
  readonly path: JsonPath;
}

/** The rules that a step breaks: from a version of `from` to one that is newer than all of `through`. Versions that are none break no rule. */
export function skippedReleases({ spec }: Component, before: string, now: string): readonly SkippedRelease[] {
  const [old, next] = [valid(before), valid(now)];
  if (old === null || next === null) return [];
  const options = { includePrerelease: true };
  return (spec.upgrades ?? []).flatMap(({ from, through, source }, index) =>
    satisfies(old, from, options) && !satisfies(old, through, options) && gtr(next, through, options)
      ? [{ through, source, path: ['spec', 'upgrades', index] }]
      : [],
  );
}
