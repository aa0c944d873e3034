import { type Diagnostic, diagnostic } from '@fluxwright/diagnostics';
import { formatPath, isObject, type JsonObject } from '@fluxwright/documents';
import {
  type GoodValues,
  judgeValues,
  looseContract,
  type ResolvedCluster,
  secretsOf,
  seesSecret,
} from '@fluxwright/model';
import { type BoundService, boundServices, withOf } from './bound-services.ts';
import { pairFindings } from './pair-findings.ts';
import { sharedDemands } from './shared-demands.ts';
import { type AskedRequest, unansweredRequests } from './unanswered-requests.ts';

/**
 * What is wrong with the services of a cluster: what contracts refuse is reported where a request says it, at the layer
 * of values behind it, or where a provider tells it; secrets that would reach the tree; what several want and only one
 * can have. A request that nobody answers is held against its contract all the same: it is to be right on the day somebody does. With a
 * memory of good values, what is in it is not held against its contract again.
 */
export function serviceFindings(cluster: ResolvedCluster, goodValues?: GoodValues): readonly Diagnostic[] {
  const services = [...boundServices(cluster).values()];
  const contracts = new Set(services.map(({ request }) => request.contract));
  return [
    ...[...contracts].flatMap(looseContract),
    ...services.flatMap((service) => {
      const asked = askedFindings(service, goodValues);
      // What was refused would be missed in what is told again.
      return asked.length > 0 ? asked : toldFindings(service, goodValues);
    }),
    ...sharedDemands(services),
    ...pairFindings(cluster, services),
    ...unansweredRequests(cluster).flatMap((each) =>
      each.asked.diagnostics.length > 0 ? each.asked.diagnostics : requestFindings(each, goodValues),
    ),
  ];
}

function askedFindings(service: BoundService, goodValues: GoodValues | undefined): readonly Diagnostic[] {
  const { asked } = service;
  const leaks = leakedRequests(service);
  return asked.diagnostics.length > 0
    ? [...asked.diagnostics, ...leaks]
    : [...leaks, ...requestFindings(requestOf(service), goodValues)];
}

function toldFindings(service: BoundService, goodValues: GoodValues | undefined): readonly Diagnostic[] {
  const found = [...service.told.diagnostics, ...leakedOutputs(service)];
  return found.length > 0 ? found : [...outputFindings(service, goodValues), ...keyFindings(service)];
}

/** A secret that is asked with would stand in the tree. */
function leakedRequests({ request, asker: { component, values }, asked }: BoundService): readonly Diagnostic[] {
  const { item, kind } = request;
  const secrets = secretsOf(component, values.value);
  const leaked = asked.reads.flatMap(({ read: [root, ...rest], span }) => {
    const at = root === 'values' ? rest : root === 'item' && item !== undefined ? [...item.at, ...rest] : undefined;
    return at !== undefined && seesSecret(at, secrets) ? [{ read: ['values', ...at], span }] : [];
  });
  return leaked.map(({ read, span }) =>
    diagnostic('plan/refused-request', {
      message: `component "${component.name}" asks for a ${kind} with ${formatPath(read)}, which is declared secret`,
      primary: span,
      note: 'what is asked for stands in generated trees, and these are committed',
      help: 'ask for a password, and let the service that makes it put it into a Secret',
    }),
  );
}

/** Outputs made of values that are secret: a consumer's templates would print them. */
function leakedOutputs({ request, provider: { component, values }, told }: BoundService): readonly Diagnostic[] {
  const secrets = secretsOf(component, values.value);
  return told.reads
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

function requestOf(service: BoundService): AskedRequest {
  const { request, asker, asked } = service;
  return {
    ...request,
    asker: asker.component,
    asked,
    value: withOf(service) as JsonObject,
    originsOf: (at) => service.originsOf(['with', ...at]),
  };
}

/** What the contract forbids in a request. */
function requestFindings(request: AskedRequest, goodValues: GoodValues | undefined): readonly Diagnostic[] {
  const { said: asked, contract, kind, key, span, path, asker, value, originsOf } = request;
  const judged = judgeValues(contract.request, value, { part: `request ${kind}`, goodValues });
  if (!judged.ok) return [judged.diagnostic];
  // Access to what another asked for: that is said there.
  const findings = judged.findings.filter(({ kind }) => kind !== 'missing' || asked.of === undefined);
  return findings.map(({ kind: fault, path: at, rule, note, help, schemaPath }) => {
    const where = at.length === 0 ? 'what is asked for' : formatPath(at);
    const [primary = span, ...layers] =
      fault === 'missing'
        ? [span]
        : fault === 'unknown'
          ? [asker.manifest.locate([...path, 'with', ...at], 'key')]
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
function outputFindings(
  { request, provider, outputs }: BoundService,
  goodValues: GoodValues | undefined,
): readonly Diagnostic[] {
  const { contract, kind, span, service } = request;
  const judged = judgeValues(contract.outputs, outputs, { part: `outputs ${kind}`, goodValues });
  if (!judged.ok) return [judged.diagnostic];
  return judged.findings.map(({ kind: fault, path: at, rule, note, help }) =>
    diagnostic('render/wrong-output', {
      message:
        fault === 'missing'
          ? `"${provider.component.name}" does not say the ${formatPath(at)} of a ${kind}`
          : `${formatPath(at)} of a ${kind} must ${fault === 'unknown' ? 'not be there' : rule}`,
      primary: provider.component.manifest.locate([...service.path, 'outputs', ...(fault === 'missing' ? [] : at)]),
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

/** A key that the consumer wants to be called otherwise than its provider can. */
function keyFindings({ request, provider: { component }, outputs: { keys } }: BoundService): readonly Diagnostic[] {
  const { said, kind, consumer, group, span, service } = request;
  return Object.entries(said.secret ?? {}).flatMap(([key, wanted]) => {
    const made = isObject(keys) ? keys[key] : undefined;
    if (made === wanted) return [];
    const named = component.manifest.locate([...service.path, 'outputs', 'keys', key]);
    return [
      diagnostic('plan/refused-request', {
        message: `component "${consumer}" wants the ${key} of its ${kind} under "${wanted}", and "${component.name}" cannot rename it`,
        primary: span,
        note: `the key is "${String(made)}"`,
        labels: [{ span: named, message: 'the key is named here' }],
        help: `read it as {{service.${group}.keys.${key}}}, and take "${key}" out of secret`,
      }),
    ];
  });
}
