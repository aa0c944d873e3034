import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { parseAllDocuments } from 'yaml';

type Schema = Readonly<Record<string, unknown>>;

/** An object to check. */
interface CustomResource {
  readonly apiVersion: string;
  readonly kind: string;
}

export type Channel = 'standard' | 'experimental';

/** Checks objects against the definitions of the reference. */
export interface CustomResourceCheck {
  /**
   * Findings, sorted; [] where the object is valid, undefined where the reference has no definition for it. In the experimental channel
   * definitions below a folder `experimental` come before the others; else they do not count.
   */
  findings(object: CustomResource, channel?: Channel): string[] | undefined;
}

/**
 * Reads all definitions below `<reference>/charts/<name>/crds`; kinds without one are looked up in `crd-schemas`
 * (`<group>/<kind>_<version>.json`), then in `recorded`: CustomResourceDefinitions with the names and types that components
 * record. Fields that a definition does not have are findings: an API server would drop them
 * without a word. Rules in CEL are not run.
 */
export function customResourceCheck(reference: string, recorded: readonly unknown[] = []): CustomResourceCheck {
  const definitions = readDefinitions(reference, 'standard');
  const experimental = readDefinitions(reference, 'experimental');
  const known = new Map<string, Schema>();
  for (const definition of recorded) addVersions(known, definition as CustomResourceDefinition);
  const code = { regExp: goPattern };
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, logger: false, code });
  const compiled = new Map<string, ValidateFunction | undefined>();
  const validator = (kind: string, channel: Channel) => {
    const own = channel === 'experimental' ? experimental.get(kind) : undefined;
    const key = own === undefined ? kind : `experimental ${kind}`;
    if (!compiled.has(key)) {
      const schema = own ?? definitions.get(kind) ?? readSchema(reference, kind) ?? known.get(kind);
      compiled.set(key, schema && ajv.compile(closed(schema)));
    }
    return compiled.get(key);
  };
  return {
    findings(object, channel = 'standard') {
      const validate = validator(`${object.apiVersion}/${object.kind}`, channel);
      if (validate === undefined) return undefined;
      if (validate(object)) return [];
      return (validate.errors ?? [])
        .map(({ instancePath, message, params }) => `${instancePath || '/'} ${message} ${JSON.stringify(params)}`)
        .sort();
    },
  };
}

/** An API server has Go's patterns, which need no braces around a class of one letter (regexp/syntax of Go: \pN). */
const goPattern = Object.assign(
  (pattern: string, flags: string): RegExp => new RegExp(pattern.replace(/\\([pP])([A-Z])/g, '\\$1{$2}'), flags),
  { code: 'goPattern' },
);

/** `<group>/<version>/<kind>` → schema. Where several folders hold a definition, the first by path wins. */
function readDefinitions(reference: string, channel: Channel): ReadonlyMap<string, Schema> {
  const found = new Map<string, Schema>();
  const files = globSync('charts/*/crds/**/*.yaml', { cwd: reference }).sort();
  for (const file of files.filter((each) => each.includes('/experimental/') === (channel === 'experimental'))) {
    for (const document of parseAllDocuments(readFileSync(path.join(reference, file), 'utf8'))) {
      const crd = document.toJS() as CustomResourceDefinition | null;
      if (crd?.kind !== 'CustomResourceDefinition') continue;
      addVersions(found, crd);
    }
  }
  return found;
}

function addVersions(found: Map<string, Schema>, { spec }: CustomResourceDefinition): void {
  for (const { name, served, schema } of spec.versions) {
    const key = `${spec.group}/${name}/${spec.names.kind}`;
    if (served && schema && !found.has(key)) found.set(key, schema.openAPIV3Schema);
  }
}

interface CustomResourceDefinition {
  readonly kind: string;
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly {
      readonly name: string;
      readonly served: boolean;
      readonly schema?: { readonly openAPIV3Schema: Schema };
    }[];
  };
}

function readSchema(reference: string, key: string): Schema | undefined {
  const [group = '', version = '', kind = ''] = key.split('/');
  const file = path.join(reference, 'crd-schemas', group, `${kind.toLowerCase()}_${version}.json`);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** The schema with every map of named fields closed; the object's own metadata stays open. */
function closed(schema: Schema): Schema {
  const { properties, ...rest } = closeNode(schema) as { properties?: Record<string, unknown> };
  return {
    ...rest,
    properties: {
      ...properties,
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: { type: 'object' },
    },
  };
}

function closeNode(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closeNode);
  if (typeof node !== 'object' || node === null) return node;
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(node)) {
    if (key === 'properties') copy[key] = mapValues(value as Schema);
    else if (key !== 'default' && key !== 'enum' && key !== 'example') copy[key] = closeNode(value);
    else copy[key] = value;
  }
  const isOpen = copy['x-kubernetes-preserve-unknown-fields'] === true || copy.additionalProperties !== undefined;
  if (copy.properties !== undefined && copy.type === 'object' && !isOpen) copy.additionalProperties = false;
  // A structural schema writes "integer or string" as a mark beside an untyped node.
  if (copy['x-kubernetes-int-or-string'] === true) return { anyOf: [{ type: 'integer' }, { type: 'string' }] };
  return copy;
}

function mapValues(properties: Schema): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, closeNode(value)]));
}
