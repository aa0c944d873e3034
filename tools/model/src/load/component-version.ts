import { diagnostic, type Staged } from '@fluxwright/diagnostics';
import type { SourceDocument } from '@fluxwright/documents';
import { isObject } from '@fluxwright/documents';

/** A version as npm takes it (https://semver.org, with the pattern from its FAQ). */
const semver =
  /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?(?:\+[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*)?$/;

/** The version of a component, from its package.json; absent where that states none, which is an error. */
export function componentVersion(identity: SourceDocument): Staged<string | undefined> {
  const { file, value } = identity;
  const help = 'write "version": "0.1.0"; npm and the output know the component by it';
  const refuse = (
    code: 'load/wrong-type' | 'load/missing-key' | 'load/invalid-value',
    message: string,
    note: string,
  ) => ({
    value: undefined,
    diagnostics: [diagnostic(code, { message, primary: identity.locate(['version']), note, help })],
  });
  if (!isObject(value)) return refuse('load/wrong-type', `${file} must be a map`, 'this is no map');
  const { version } = value;
  if (version === undefined) return refuse('load/missing-key', `${file} lacks version`, '"version" is missing');
  if (typeof version !== 'string')
    return refuse('load/wrong-type', `version in ${file} must be a string`, 'this is none');
  if (!semver.test(version))
    return refuse(
      'load/invalid-value',
      `version in ${file} must be a semantic version`,
      'not of the form 1.2.3 or 1.2.3-rc.1',
    );
  return { value: version, diagnostics: [] };
}
