import { type Diagnostic, diagnostic, findSecret } from '@fluxwright/diagnostics';
import {
  formatPath,
  isObject,
  type JsonObject,
  type JsonPath,
  type JsonValue,
  memo,
  valueAt,
} from '@fluxwright/documents';
import { objectTitle } from '@fluxwright/kubernetes';
import type { RenderedCluster, Resource } from '../data/rendered-cluster.ts';
import { type SecretText, secretText } from './secret-text.ts';

/**
 * No text of the tree is a private key, a token, a password or looks like one: the tree is committed. A finding points at
 * the name of the object and says where the text is, so that no printer shows it.
 */
export function secretLiterals({ cluster, resources, copies }: RenderedCluster): readonly Diagnostic[] {
  // What a database leaves when it is demoted opens nothing: cluster.yaml says it.
  const left = Object.values(cluster.spec.disasterRecovery?.tokens ?? {});
  const isLeft = (object: JsonObject, path: JsonPath) => left.includes(String(valueAt(object, path)));
  return [
    // A definition describes data and holds none; its descriptions have examples of keys.
    ...resources
      .filter(({ kind }) => kind !== 'CustomResourceDefinition')
      .flatMap((resource) =>
        secretsIn(resource.object)
          .filter(({ path, found }) => found.code !== 'secret/high-entropy' || !isLeft(resource.object, path))
          .map(({ path, found }) => finding(resource, path, found)),
      ),
    ...copies.flatMap(({ path, text, source }) => {
      const what = findSecret(text);
      if (what === undefined) return [];
      return diagnostic('secret/known-form', {
        message: `${path} holds ${what}, and generated trees are committed`,
        primary: { file: source.file },
        help: remedy,
      });
    }),
  ];
}

interface FoundSecret {
  readonly path: JsonPath;
  readonly found: SecretText;
}

/** Clusters that share a task share its objects. */
const secretsIn = memo((object: JsonObject): readonly FoundSecret[] =>
  [...textsOf(object, [], '')].flatMap(({ text, name, path }) => {
    const found = secretText(isEncoded(object, path) ? decodedText(text) : text, name, path);
    return found === undefined ? [] : [{ path, found }];
  }),
);

/** The values of a Secret's `data` are base64, which looks random whatever it says. */
function isEncoded({ kind, apiVersion }: JsonObject, path: JsonPath): boolean {
  return kind === 'Secret' && apiVersion === 'v1' && path[0] === 'data';
}

/** The text that base64 stands for; as it is where that is no text. */
function decodedText(text: string): string {
  const decoded = Buffer.from(text, 'base64').toString('utf8');
  return decoded.includes('\uFFFD') ? text : decoded;
}

const remedy = 'delete it from the repository, make it anew, and let an ExternalSecret bring it into the cluster';

const chartsRemedy =
  "name an existing Secret by the chart's values, and let an ExternalSecret bring that into the cluster";

function finding(resource: Resource, path: JsonPath, { code, what }: SecretText): Diagnostic {
  const { file, start } = resource.origin.trace(path).span;
  return diagnostic(code, {
    message: `${objectTitle(resource)} holds ${what} at ${formatPath(path)}, and generated trees are committed`,
    primary: resource.origin.trace(['metadata', 'name']).span,
    note:
      resource.chart === undefined
        ? `written in ${file}${start === undefined ? '' : `, line ${start.line}`}`
        : `made by ${resource.chart}`,
    help: resource.chart === undefined ? remedy : chartsRemedy,
  });
}

interface NamedText {
  readonly text: string;
  readonly name: string;
  readonly path: JsonPath;
}

/** Every text of a value with what it is called; the value of an environment variable is called like the variable. */
function* textsOf(value: JsonValue, path: JsonPath, name: string): Generator<NamedText> {
  if (typeof value === 'string') yield { text: value, name, path };
  else if (Array.isArray(value)) {
    for (const [index, item] of (value as readonly JsonValue[]).entries()) yield* textsOf(item, [...path, index], name);
  } else if (isObject(value)) {
    const variable = variableOf(value);
    for (const [key, each] of Object.entries(value)) {
      yield* textsOf(each, [...path, key], key === 'value' && variable !== undefined ? variable : key);
    }
  }
}

function variableOf({ name, value }: JsonObject): string | undefined {
  return typeof name === 'string' && typeof value === 'string' ? name : undefined;
}
