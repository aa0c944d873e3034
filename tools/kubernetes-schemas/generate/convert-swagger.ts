import { BASE64_LINES } from '../src/base64.ts';
import type { Json, JsonSchema } from '../src/json-schema.ts';
import { kindKey } from '../src/kind-key.ts';
import type { KindSchema, SchemaSet } from '../src/kind-schema.ts';
import { orNull } from '../src/or-null.ts';
import { serverRules } from '../src/server-rules.ts';
import { int32Bounds } from '../src/value-rules.ts';
import { readScopes } from './read-scopes.ts';
import { UNASKED_KEYS } from './unasked-keys.ts';

interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** The parts of Kubernetes' OpenAPI v2 file that are read. */
export interface Swagger {
  readonly definitions: Readonly<Record<string, JsonSchema>>;
  readonly paths: JsonSchema;
}

const INT32 = int32Bounds({ type: 'integer', format: 'int32' });

const SPECIAL: Readonly<Record<string, JsonSchema>> = {
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': { type: ['integer', 'string'], ...INT32 },
  // Grammar: doc comment of Quantity in k8s.io/apimachinery/pkg/api/resource; blanks around it are trimmed.
  'io.k8s.apimachinery.pkg.api.resource.Quantity': {
    type: ['number', 'string'],
    pattern: '^\\s*[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?\\s*$',
  },
  // RFC3339Micro in k8s.io/apimachinery/pkg/apis/meta/v1: six digits, no more and no less.
  'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime': {
    type: 'string',
    format: 'date-time',
    pattern: '\\.[0-9]{6}(Z|[+-][0-9]{2}:[0-9]{2})$',
  },
};

const OR_NULL = '.orNull';

/**
 * Marks the definitions as they hold within a status: the server reads names and types of its fields and then resets it
 * (PrepareForCreate and PrepareForUpdate of k8s.io/kubernetes/pkg/registry), so that nothing in it is required.
 */
const IN_STATUS = '.inStatus';

type Place = '' | typeof IN_STATUS;

/**
 * Every built-in kind of one Kubernetes minor as strict JSON Schemas that share definitions. As in kubeconform's
 * standalone-strict flavour an object with declared fields is closed and an optional field may be null.
 */
export function convertSwagger(swagger: Swagger): SchemaSet {
  const definitions: Record<string, JsonSchema> = {};
  for (const name of Object.keys(swagger.definitions).sort()) {
    for (const place of ['', IN_STATUS] as const) {
      const schema = SPECIAL[name] ?? convert(asked(name, swagger.definitions[name] as JsonSchema), place);
      definitions[name + place] = schema;
      definitions[name + place + OR_NULL] = orNull(schema);
    }
  }
  const scopes = readScopes(swagger.paths);
  const kinds: KindSchema[] = [];
  for (const [name, definition] of Object.entries(swagger.definitions)) {
    const gvks = (definition['x-kubernetes-group-version-kind'] ?? []) as readonly unknown[] as GroupVersionKind[];
    const [gvk] = gvks;
    // DeleteOptions and WatchEvent carry every group: they are messages, not objects.
    if (gvk === undefined || gvks.length > 1) continue;
    const apiVersion = gvk.group === '' ? gvk.version : `${gvk.group}/${gvk.version}`;
    const place = scopes.get(kindKey(apiVersion, gvk.kind));
    kinds.push({
      apiVersion,
      kind: gvk.kind,
      scope: place?.scope ?? null,
      plural: place?.plural ?? null,
      schema: rootSchema(definitions[name] as JsonSchema, apiVersion, gvk.kind),
    });
  }
  return { definitions, kinds };
}

function rootSchema(schema: JsonSchema, apiVersion: string, kind: string): JsonSchema {
  const required = (schema.required ?? []) as readonly string[];
  return {
    ...schema,
    properties: {
      ...(schema.properties as JsonSchema),
      apiVersion: { type: 'string', enum: [apiVersion] },
      kind: { type: 'string', enum: [kind] },
    },
    required: [...new Set([...required, 'apiVersion', 'kind'])].sort(),
  };
}

/** The definition with the keys required that the server does require. */
function asked(name: string, definition: JsonSchema): JsonSchema {
  const spared = UNASKED_KEYS[name];
  if (spared === undefined) return definition;
  return { ...definition, required: (definition.required as readonly string[]).filter((key) => !spared.includes(key)) };
}

function convert(node: JsonSchema, place: Place): JsonSchema {
  if (typeof node.$ref === 'string') return { $ref: node.$ref + place };
  const out: Record<string, Json> = { ...int32Bounds(node), ...serverRules(node) };
  if (node['x-kubernetes-list-type'] === 'set') out.uniqueItems = true;
  if (node.type !== undefined) out.type = node.type;
  if (node.format === 'date-time') out.format = 'date-time';
  if (node.format === 'byte') out.pattern = BASE64_LINES;
  const required = place === IN_STATUS ? [] : ((node.required ?? []) as readonly string[]);
  if (required.length > 0) out.required = required;
  if (node.properties !== undefined) {
    out.properties = Object.fromEntries(
      Object.entries(node.properties as Record<string, JsonSchema>).map(([key, child]) => {
        const below = key === 'status' && child.$ref !== undefined ? IN_STATUS : place;
        return [key, required.includes(key) ? convert(child, below) : optional(child, below)];
      }),
    );
    out.additionalProperties = false;
  }
  if (node.items !== undefined) out.items = convert(node.items as JsonSchema, place);
  if (typeof node.additionalProperties === 'object')
    out.additionalProperties = optional(node.additionalProperties as JsonSchema, place);
  return out;
}

function optional(node: JsonSchema, place: Place): JsonSchema {
  return typeof node.$ref === 'string' ? { $ref: node.$ref + place + OR_NULL } : orNull(convert(node, place));
}
