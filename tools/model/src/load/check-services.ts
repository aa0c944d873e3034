import { type Diagnostic, diagnostic, didYouMean, listWords } from '@fluxwright/diagnostics';
import type { JsonObject, JsonPath, JsonValue } from '@fluxwright/documents';
import { allInPlace, appliedToChild, isObject, valueAt } from '@fluxwright/documents';
import type { ServiceRequest } from '../generated/component.ts';
import type { ServiceContract } from './service-contract.ts';
import { secretKeys } from './service-contracts.ts';
import { allRequests, providedServices } from './services.ts';
import type { Component } from './workspace.ts';

/** What the services that a component asks for and provides must keep whatever cluster has it: that their kinds have a contract, and what it names. */
export function checkServices(component: Component): readonly Diagnostic[] {
  const { manifest, name, spec, contracts } = component;
  const kindOf = (kind: string, path: JsonPath, does: string): readonly Diagnostic[] => {
    if (contracts.has(kind)) return [];
    const kinds = [...contracts.keys()];
    const message = `component "${name}" ${does} "${kind}", which is no kind of service`;
    const help =
      didYouMean(kind, kinds) ??
      (kinds.length === 0 ? 'describe it in components/services.defs.json' : `there are ${listWords(kinds, 'and')}`);
    return [
      diagnostic('load/unknown-service', {
        message,
        primary: manifest.locate([...path, 'kind']),
        note: 'no contract says what it is',
        help,
      }),
    ];
  };
  return [
    ...allRequests(spec).flatMap(({ request, path }) => [
      ...kindOf(request.kind, path, 'asks for a'),
      ...unknownList(component, request, path),
      ...Object.keys(request.secret ?? {}).flatMap((key) =>
        unknownKey(manifest, contracts.get(request.kind), [...path, 'secret', key]),
      ),
    ]),
    ...providedServices(spec).flatMap(({ said: { kind, outputs }, path }) => {
      const contract = contracts.get(kind);
      if (contract === undefined) return kindOf(kind, path, 'provides a');
      return outputFindings(manifest, { contract, path: [...path, 'outputs'], said: outputs as JsonObject });
    }),
  ];
}

/** A list that the schema of the values has no place for: nothing could ever stand in it, so nothing would be asked for. */
function unknownList(
  { name, manifest, schema }: Component,
  { kind, forEach }: ServiceRequest,
  path: JsonPath,
): readonly Diagnostic[] {
  if (forEach === undefined || !isObject(schema.value)) return [];
  let schemas: readonly JsonObject[] = [schema.value];
  for (const step of forEach.split('.').slice(1)) {
    const all = [...allInPlace(schemas, schema.value)];
    const inner = all.flatMap((each) => appliedToChild(each, step));
    if (inner.length === 0) {
      if (!all.some(({ additionalProperties }) => additionalProperties === false)) return [];
      const known = all.flatMap((each) => Object.keys(propertiesOf(each)));
      return [
        diagnostic('load/invalid-service', {
          message: `component "${name}" asks for a ${kind} for each of ${forEach}, which its values do not have`,
          primary: manifest.locate([...path, 'forEach']),
          note: `no "${step}"`,
          labels: [{ span: schema.locate(['properties'], 'key'), message: 'the values are declared here' }],
          help: didYouMean(step, known) ?? `declare it in ${schema.file}, as a list`,
        }),
      ];
    }
    schemas = inner;
  }
  return [];
}

function propertiesOf(schema: JsonValue): JsonObject {
  const found = valueAt(schema, ['properties']);
  return isObject(found) ? found : {};
}

function unknownKey(
  manifest: Component['manifest'],
  contract: ServiceContract | undefined,
  path: JsonPath,
): readonly Diagnostic[] {
  const key = String(path.at(-1));
  const known = contract === undefined ? [key] : secretKeys(contract);
  if (known.includes(key) || contract === undefined) return [];
  return [
    diagnostic('load/invalid-service', {
      message: `the Secret of a ${contract.kind} has no key called "${key}"`,
      primary: manifest.locate(path, 'key'),
      note: 'not one of the contract',
      labels: [{ span: contract.span, message: 'the contract' }],
      help:
        didYouMean(key, known) ??
        (known.length === 0 ? 'a service of this kind has no Secret' : `there are ${listWords(known, 'and')}`),
    }),
  ];
}

interface Outputs {
  readonly contract: ServiceContract;
  readonly path: JsonPath;
  readonly said: JsonObject;
}

/** Outputs that nobody makes, and those that the contract does not have. Their values are known once a request is. */
function outputFindings(manifest: Component['manifest'], { contract, path, said }: Outputs): readonly Diagnostic[] {
  const { kind, outputs, span } = contract;
  const known = Object.keys(propertiesOf(outputs.value));
  const required = valueAt(outputs.value, ['required']);
  const labels = [{ span, message: 'the contract' }];
  const lacking = (Array.isArray(required) ? required : [])
    .map(String)
    .filter((key) => !Object.hasOwn(said, key))
    .map((key) =>
      diagnostic('load/invalid-service', {
        message: `a ${kind} must say its "${key}", and this one does not`,
        primary: manifest.locate(path, 'key'),
        note: `no "${key}"`,
        labels,
        help: `add "${key}": ${descriptionOf(outputs.value, key)}`,
      }),
    );
  const unknown = Object.keys(said)
    .filter((key) => !known.includes(key))
    .map((key) =>
      diagnostic('load/invalid-service', {
        message: `a ${kind} has no output "${key}"`,
        primary: manifest.locate([...path, key], 'key'),
        note: 'not one of the contract',
        labels,
        help: didYouMean(key, known) ?? `there are ${listWords(known, 'and')}`,
      }),
    );
  return [...lacking, ...unknown];
}

function descriptionOf(schema: JsonValue, key: string): string {
  const description = valueAt(schema, ['properties', key, 'description']);
  return typeof description === 'string' ? description : 'its contract requires it';
}
