import type { FieldChange } from './field-changes.ts';
import type { ObjectChange, VersionChange } from './tree-diff.ts';

const ofChart = /^spec\.chart\.spec\.(chart|version)$/;
const ofSource = /^spec\.ref\.(tag|semver|digest|branch|commit|name)$/;
const sources = new Set(['OCIRepository', 'GitRepository']);
/** `image` of a container, and what charts call it: `image`, or a map with repository, tag, digest. */
const ofImage = /(^|\.|\])(?:image|\w*Image)(\.(repository|tag|digest|registry|version))?$/;

/** The versions among the changed fields of an object: charts by HelmRelease, upstream sources by tag, images anywhere. */
export function versionChanges({ id, fields }: ObjectChange): readonly VersionChange[] {
  return fields.flatMap((field) => {
    const kind = kindOf(id.kind, field);
    if (kind === undefined) return [];
    const { path, before, after } = field;
    return [
      {
        kind,
        id,
        path,
        ...(before !== undefined && { before: String(before) }),
        ...(after !== undefined && { after: String(after) }),
      },
    ];
  });
}

function kindOf(kind: string, { path, before, after }: FieldChange): VersionChange['kind'] | undefined {
  if (kind === 'HelmRelease' && ofChart.test(path)) return 'chart';
  if (sources.has(kind) && ofSource.test(path)) return 'source';
  const isWord = [before, after].every((each) => each === undefined || typeof each === 'string');
  return isWord && ofImage.test(path) ? 'image' : undefined;
}
