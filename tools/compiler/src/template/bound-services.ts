import { type Diagnostic, diagnostic, type Span, type Staged } from '@fluxwright/diagnostics';
import { formatPath, isObject, type JsonObject, type JsonPath, type JsonValue, memo } from '@fluxwright/documents';
import {
  type ProvidedService,
  type ResolvedCluster,
  type ResolvedComponent,
  type ResolvedRequest,
  requestDefaults,
  secretsOf,
  seesSecret,
  valuesSchema,
} from '@fluxwright/model';
import { layersOf } from './layers-of.ts';
import { ownContext } from './own-context.ts';
import { itemRoot, keysOf, serviceShapes } from './service-shapes.ts';
import { sharedDemands } from './shared-demands.ts';
import type { TemplateContext } from './template-context.ts';
import { isUnset, type TextView, valueIn } from './text-in-context.ts';

/** A request with what it asks for and what its consumer is told, both as values. */
export interface BoundService {
  readonly request: ResolvedRequest;
  readonly consumer: ResolvedComponent;
  readonly provider: ResolvedComponent;
  /** What the consumer's templates see; keys that could not be had are absent, and reported. */
  readonly outputs: JsonObject;
  /** What the provider's template of the kind sees. */
  readonly context: TemplateContext;
  /** Lines that decided what is told at a path: layers of values, and the line of the provider's manifest that says it. */
  toldBy(path: JsonPath): readonly Span[];
  /** Lines that decided the `request` at a path of it: layers of values, or the line of the request. */
  originsOf(path: JsonPath): readonly Span[];
}

/** The services of a cluster by key of their request, sorted. */
export type BoundServices = ReadonlyMap<string, BoundService>;

/**
 * Evaluates what the components of a cluster ask for and are told (docs/decisions/0065). What the contract of a kind refuses is
 * reported where the request says it, or at the layer of values behind it.
 */
export const boundServices: (cluster: ResolvedCluster) => Staged<BoundServices> = memo((cluster) => {
  const diagnostics: Diagnostic[] = [];
  const requests = new Map(cluster.services.map((each) => [each.key, each]));
  const components = new Map(cluster.components.map((each) => [each.component.name, each]));
  const done = new Map<string, BoundService>();
  const serviceOf = (key: string): BoundService | undefined => {
    const request = requests.get(key);
    const known = done.get(key);
    if (known !== undefined || request === undefined) return known;
    const consumer = components.get(request.consumer);
    const provider = components.get(request.provider.component);
    if (consumer === undefined || provider === undefined) return undefined;
    const { said } = request;
    const parent = request.parent === undefined ? undefined : serviceOf(request.parent);
    const owner = said.of === undefined ? undefined : serviceOf(said.of);
    const bound = bindService({ cluster, request, consumer, provider, parent, owner, diagnostics });
    done.set(key, bound);
    return bound;
  };
  const value = new Map(
    cluster.services.flatMap(({ key }) => {
      const bound = serviceOf(key);
      return bound === undefined ? [] : [[key, bound] as const];
    }),
  );
  diagnostics.push(...sharedDemands([...value.values()]));
  return { value, diagnostics };
});

interface Parts {
  readonly cluster: ResolvedCluster;
  readonly request: ResolvedRequest;
  readonly consumer: ResolvedComponent;
  readonly provider: ResolvedComponent;
  readonly parent: BoundService | undefined;
  readonly owner: BoundService | undefined;
  readonly diagnostics: Diagnostic[];
}

function bindService(parts: Parts): BoundService {
  const { cluster, request, consumer, provider, parent, owner, diagnostics } = parts;
  const { component } = provider;
  const { said, contract, service, span } = request;
  const path: JsonPath = ['spec', 'provides', 'services', service];
  const asked = askedFor(parts, parent);
  const keys = Object.fromEntries(keysOf(contract).map((key) => [key, said.secret?.[key] ?? key]));
  const value: JsonObject = {
    name: request.name,
    object: request.object,
    with: asked.value,
    secret: keys,
    of:
      owner === undefined
        ? null
        : { object: owner.request.object, with: withOf(owner), consumer: identityOf(owner.consumer) },
    protect: said.protect ?? 'backup',
  };
  const originsOf = (at: JsonPath): readonly Span[] => (at[0] === 'with' ? asked.originsOf(at.slice(1)) : [span]);
  const own = ownContext(cluster, provider);
  const shapes = serviceShapes(component, request.kind);
  const context: TemplateContext = {
    ...own,
    roots: {
      ...own.roots,
      ...(shapes.request && { request: { ...shapes.request, value } }),
      ...(shapes.consumer && { consumer: { ...shapes.consumer, value: identityOf(consumer) } }),
    },
  };
  const view: TextView = {
    component,
    context,
    originsOf: (at) => (at[0] === 'request' ? originsOf(at.slice(1)) : layersOf(at, { cluster, resolved: provider })),
  };
  const outputs = evaluateTree(provided(provider, service)?.outputs as JsonObject, {
    view,
    path: [...path, 'outputs'],
  });
  const told = [...outputs.diagnostics, ...secretFindings(parts, outputs)];
  if (asked.isGood) diagnostics.push(...told);
  // What was refused would be missed here again.
  if (asked.isGood && told.length === 0) {
    diagnostics.push(
      ...outputFindings(parts, outputs.value, [...path, 'outputs']),
      ...keyFindings(parts, outputs.value, path),
    );
  }
  return {
    request,
    consumer,
    provider,
    outputs: outputs.value,
    context,
    toldBy: (at) => originsIn(outputs, at) ?? [component.manifest.locate([...path, 'outputs', ...at])],
    originsOf,
  };
}

function provided({ component }: ResolvedComponent, service: number): ProvidedService | undefined {
  return component.spec.provides?.services?.[service];
}

function withOf({ context }: BoundService): JsonValue {
  const request = context.roots.request?.value;
  return isObject(request) ? (request.with ?? null) : null;
}

function identityOf({ component: { name, spec } }: ResolvedComponent): JsonObject {
  return { name, namespace: spec.namespace, title: spec.title };
}

/** `with` of a request, evaluated where it stands, with the defaults of the contract; held against the contract. */
function askedFor({ cluster, request, consumer, diagnostics }: Parts, parent: BoundService | undefined) {
  const { said, contract, path, item } = request;
  // What a request needs in its turn is asked by the provider of that request, in its words.
  const asker = parent?.provider ?? consumer;
  const base = parent?.context ?? ownContext(cluster, asker);
  const context: TemplateContext =
    item === undefined || said.forEach === undefined
      ? base
      : { ...base, roots: { ...base.roots, item: { ...itemRoot(asker.component, said.forEach), value: item.value } } };
  const view: TextView = {
    component: asker.component,
    context,
    originsOf: ([root, ...at]) => {
      if (root === 'item') return item?.origins ?? [];
      return root === 'request' && parent !== undefined
        ? parent.originsOf(at)
        : layersOf([root as string, ...at], { cluster, resolved: asker });
    },
  };
  const tree = evaluateTree((said.with ?? {}) as JsonObject, { view, path: [...path, 'with'] });
  const secrets = secretsOf(asker.component, asker.values.value);
  const leaked = tree.reads.flatMap(({ read: [root, ...rest], span: line }) => {
    const at = root === 'values' ? rest : root === 'item' && item !== undefined ? [...item.at, ...rest] : undefined;
    return at !== undefined && seesSecret(at, secrets) ? [{ read: ['values', ...at], span: line }] : [];
  });
  const value = { ...requestDefaults(contract), ...tree.value };
  const originsOf = (at: JsonPath): readonly Span[] => {
    const found = originsIn(tree, at);
    if (found !== undefined) return found;
    const [key] = at;
    return key !== undefined && !Object.hasOwn(tree.value, key)
      ? [contract.request.locate(['properties', key, 'default'])]
      : [asker.component.manifest.locate([...path, 'with', ...at])];
  };
  const found = [
    ...tree.diagnostics,
    ...leaked.map(({ read, span }) =>
      diagnostic('plan/refused-request', {
        message: `component "${asker.component.name}" asks for a ${request.kind} with ${formatPath(read)}, which is declared secret`,
        primary: span,
        note: 'what is asked for stands in generated trees, and these are committed',
        help: 'ask for a password, and let the service that makes it put it into a Secret',
      }),
    ),
    ...(tree.diagnostics.length > 0 ? [] : requestFindings({ request, asker }, value, originsOf)),
  ];
  diagnostics.push(...found);
  return { value, originsOf, isGood: found.length === 0 };
}

interface Evaluated {
  readonly value: JsonObject;
  readonly diagnostics: readonly Diagnostic[];
  /** By path as JSON: the lines behind each text that has any. */
  readonly origins: ReadonlyMap<string, readonly Span[]>;
  readonly reads: readonly { readonly read: JsonPath; readonly span: Span }[];
}

/** Evaluates the texts of a tree; a key whose text has no value because it is not set is left out. */
function evaluateTree(
  tree: JsonObject,
  { view, path }: { readonly view: TextView; readonly path: JsonPath },
): Evaluated {
  const diagnostics: Diagnostic[] = [];
  const origins = new Map<string, readonly Span[]>();
  const reads: { read: JsonPath; span: Span }[] = [];
  const walk = (value: JsonValue, at: JsonPath): JsonValue | undefined => {
    if (Array.isArray(value)) return value.flatMap((each: JsonValue, index) => walk(each, [...at, index]) ?? []);
    if (isObject(value)) {
      return Object.fromEntries(
        Object.entries(value).flatMap(([key, each]) => {
          const made = walk(each, [...at, key]);
          return made === undefined ? [] : [[key, made]];
        }),
      );
    }
    if (typeof value !== 'string' || !value.includes('{{')) return value;
    const found = valueIn(view, { path: [...path, ...at], said: value });
    if (found.value === undefined) {
      if (!isUnset(found)) diagnostics.push(...found.diagnostics);
      return undefined;
    }
    const line = view.component.manifest.locate([...path, ...at]);
    origins.set(JSON.stringify(at), [...found.value.layers, line]);
    reads.push(...found.value.reads.map((read) => ({ read, span: line })));
    return found.value.value;
  };
  return { value: walk(tree, []) as JsonObject, diagnostics, origins, reads };
}

interface Asked {
  readonly request: ResolvedRequest;
  readonly asker: ResolvedComponent;
}

/** The lines behind what stands at a path, or around it; undefined where no text that was evaluated does. */
function originsIn({ origins }: Evaluated, path: JsonPath): readonly Span[] | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const found = origins.get(JSON.stringify(path.slice(0, length)));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What the contract forbids in a request. */
function requestFindings(
  { request, asker }: Asked,
  value: JsonObject,
  originsOf: (path: JsonPath) => readonly Span[],
): readonly Diagnostic[] {
  const { contract, kind, key, span, path } = request;
  const schema = valuesSchema(contract.request);
  if (!schema.ok) return [];
  return schema.check(value).findings.map(({ kind: fault, path: at, rule, note, help, schemaPath }) => {
    const where = at.length === 0 ? 'what is asked for' : formatPath(at);
    const [primary = span, ...layers] =
      fault === 'missing'
        ? [span]
        : fault === 'unknown'
          ? [asker.component.manifest.locate([...path, 'with', ...at], 'key')]
          : originsOf(at);
    const said = {
      unknown: `a ${kind} has no "${where}" that could be asked for`,
      missing: `a ${kind} is asked for without its "${where}"`,
      type: `${where} of the ${kind} ${key} must ${rule}`,
      invalid: `${where} of the ${kind} ${key} must ${rule}`,
    };
    return diagnostic('plan/refused-request', {
      message: said[fault],
      primary,
      note,
      labels: [
        ...layers.slice(-1).map((each) => ({ span: each, message: 'it is asked for here' })),
        {
          span: schemaPath === undefined ? contract.span : contract.request.locate(schemaPath, 'key'),
          message: 'the contract says so here',
        },
      ],
      help:
        fault === 'missing'
          ? `write with: {${where}: …}`
          : (help ?? 'quotes make a text; {{values.x}} alone gives the value as it is'),
    });
  });
}

/** What the contract forbids in the outputs of a provider. */
function outputFindings({ request, provider }: Parts, value: JsonObject, path: JsonPath): readonly Diagnostic[] {
  const { contract, kind, span } = request;
  const schema = valuesSchema(contract.outputs);
  if (!schema.ok) return [];
  return schema.check(value).findings.map(({ kind: fault, path: at, rule, note, help }) =>
    diagnostic('render/wrong-output', {
      message:
        fault === 'missing'
          ? `"${provider.component.name}" does not say the ${formatPath(at)} of a ${kind}`
          : `${formatPath(at)} of a ${kind} must ${fault === 'unknown' ? 'not be there' : rule}`,
      primary: provider.component.manifest.locate([...path, ...(fault === 'missing' ? [] : at)]),
      note,
      labels: [
        { span: contract.span, message: 'the contract' },
        { span, message: 'for this request' },
      ],
      help:
        fault === 'type'
          ? 'a text that is one tag gives the value as it is; a text of several parts gives text'
          : (help ?? 'correct the output, or the contract'),
    }),
  );
}

/** Outputs made of values that are secret: a consumer's templates would print them. */
function secretFindings({ request, provider }: Parts, { reads }: Evaluated): readonly Diagnostic[] {
  const { component, values } = provider;
  const secrets = secretsOf(component, values.value);
  return reads
    .filter(({ read: [root, ...rest] }) => root === 'values' && seesSecret(rest, secrets))
    .map(({ read, span }) =>
      diagnostic('render/wrong-output', {
        message: `"${component.name}" tells of a ${request.kind} what ${formatPath(read)} is, which is declared secret`,
        primary: span,
        note: 'consumers print what they are told, and generated trees are committed',
        labels: [{ span: request.span, message: 'for this request' }],
        help: 'put it into a Secret, and name that in "secret" and its keys in "keys"',
      }),
    );
}

/** A key that the consumer wants to be called otherwise than its provider can. */
function keyFindings({ request, provider }: Parts, { keys }: JsonObject, path: JsonPath): readonly Diagnostic[] {
  const { said, kind, consumer } = request;
  return Object.entries(said.secret ?? {}).flatMap(([key, wanted]) => {
    const made = isObject(keys) ? keys[key] : undefined;
    if (made === wanted) return [];
    return [
      diagnostic('plan/refused-request', {
        message: `component "${consumer}" wants the ${key} of its ${kind} under "${wanted}", and "${provider.component.name}" cannot rename it`,
        primary: request.span,
        note: `the key is "${String(made)}"`,
        labels: [
          {
            span: provider.component.manifest.locate([...path, 'outputs', 'keys', key]),
            message: 'the key is named here',
          },
        ],
        help: `read it as {{service.${request.group}.keys.${key}}}, and take "${key}" out of secret`,
      }),
    ];
  });
}
