import type { JsonPath } from '@fluxwright/documents';
import { valid } from 'semver';
import type { Component } from './workspace.ts';

/** Which release of its program a component installs, and the line of its manifest that says so. */
export interface Release {
  /** A semantic version without a leading v; absent where the manifest names none, as with a commit. */
  readonly version?: string;
  readonly path: JsonPath;
}

/** The release that others' ranges are held against: `spec.release`, else the chart's version, else the tag of the source. */
export function releaseOf({ spec }: Component): Release {
  const said: readonly (readonly [string | undefined, JsonPath])[] = [
    [spec.release, ['spec', 'release']],
    [spec.helm?.version, ['spec', 'helm', 'version']],
    [spec.source?.ref.tag, ['spec', 'source', 'ref', 'tag']],
  ];
  const [text, path] = said.find(([each]) => each !== undefined) ?? [undefined, ['metadata', 'name']];
  const version = text === undefined ? null : valid(text);
  return version === null ? { path } : { version, path };
}
