import { statSync } from 'node:fs';
import { EngineError } from '@fluxwright/wasm-host';
import type { ValidatorOptions } from './validator-options.ts';

type Check = (value: unknown) => string | undefined;

const fields = [
  'Group',
  'KindSuffix',
  'NormalizedKubernetesVersion',
  'ResourceAPIVersion',
  'ResourceKind',
  'StrictSuffix',
];

const flag: Check = (value) => (typeof value === 'boolean' ? undefined : 'must be true or false');
const texts: Check = (value) =>
  Array.isArray(value) && value.every((each) => typeof each === 'string') ? undefined : 'must be a list of strings';

/** What each option takes, in words that end a sentence which begins with its name. */
const checks: Readonly<Record<keyof ValidatorOptions, Check>> = {
  schemas: schemasFault,
  schemaLocations: (value) => texts(value) ?? locationsFault(value as readonly string[]),
  kubernetesVersion: versionFault,
  strict: flag,
  ignoreMissingSchemas: flag,
  skipKinds: texts,
  rejectKinds: texts,
  trustSchemas: flag,
  engine: (value) =>
    typeof value === 'object' && value !== null && 'pool' in value ? undefined : 'must come from createEngine',
};

/** Throws an EngineError of kind `input` that names the option and says what it takes. An undefined option is left out. */
export function checkOptions(options: ValidatorOptions): void {
  if (typeof options !== 'object' || options === null || options.schemas === undefined) {
    throw new EngineError('input', 'createValidator needs options, of them at least schemas');
  }
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(checks, name)) {
      throw new EngineError('input', `there is no option ${name}: the options are ${Object.keys(checks).join(', ')}`);
    }
    const fault = value === undefined ? undefined : checks[name as keyof ValidatorOptions](value);
    if (fault !== undefined) throw new EngineError('input', `${name} ${fault}`);
  }
}

/** Without this a folder that is not there would look like one that has no schema, and everything could be skipped. */
function schemasFault(value: unknown): string | undefined {
  if (typeof value === 'function' || value instanceof Map) return undefined;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return 'must be a Map or an object by path, { folder } or a function';
  }
  const { folder } = value as { folder?: unknown };
  if (typeof folder !== 'string' || Object.keys(value).length !== 1) return undefined;
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? undefined : `has no folder at ${folder}`;
}

function locationsFault(locations: readonly string[]): string | undefined {
  if (locations.length === 0) return 'is empty: leave it out for the default layout';
  for (const location of locations) {
    for (const [action, inner = ''] of location.matchAll(/\{\{(.*?)(?:\}\}|$)/gs)) {
      const field = /^ *\.(\w+) *$/.exec(inner)?.[1];
      if (action.endsWith('}}') && field !== undefined && fields.includes(field)) continue;
      const known = fields.map((each) => `{{ .${each} }}`).join(', ');
      return `cannot have ${action} in "${location}": what can be filled in is ${known}`;
    }
  }
  return undefined;
}

function versionFault(value: unknown): string | undefined {
  if (typeof value !== 'string') return 'must be a string, such as "1.36.0"';
  if (/^(master|\d+\.\d+\.\d+)$/.test(value)) return undefined;
  return `"${value}" is neither "master" nor x.y.z, such as "1.36.0"`;
}
