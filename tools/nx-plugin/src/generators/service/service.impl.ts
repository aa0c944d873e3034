import { editedYaml, isObject, type JsonObject, type JsonValue, valueAt } from '@fluxwright/documents';
import { readJson, type Tree, writeJson } from '@nx/devkit';
import { isSeq, stringify } from 'yaml';
import { packContracts } from '../pack-contracts.ts';
import { contractsPath, leastOf, readContracts } from '../read-contracts.ts';
import type { ServiceOptions } from './schema.ts';

/**
 * Writes what a component has that provides a kind of service. Of a new kind all is made, and its test passes; of a kind that has a
 * contract the outputs are placeholders, and building says what of them is not there yet.
 */
export function serviceGenerator(tree: Tree, { kind, provider, phase = 'before' }: ServiceOptions): void {
  const folder = `components/${provider}`;
  const file = `${folder}/component.yaml`;
  const text = tree.read(file, 'utf8');
  if (text === null) throw new Error(`There is no component "${provider}": ${file} does not exist.`);
  const at = ['spec', 'provides', 'services'];
  const contract = (): JsonObject => readContracts(tree)[kind] ?? newContract(tree, kind, phase);
  const edited = editedYaml(text, (manifest) => {
    const list = manifest.getIn(at);
    const provided = valueAt(manifest.toJS() as JsonObject, at);
    if (Array.isArray(provided) && provided.some((each) => isObject(each) && each.kind === kind))
      throw new Error(`Component "${provider}" provides a ${kind} already.`);
    const line = manifest.createNode({ kind, outputs: placeholders(kind, contract().outputs) });
    if (isSeq(list)) list.add(line);
    else manifest.setIn(at, manifest.createNode([line]));
  });
  if (edited === undefined) throw new Error(`${file} is not valid YAML; mend it first.`);
  tree.write(file, edited);
  packContracts(tree, provider);
  tree.write(`${folder}/services/${kind}.yaml.hbs`, template);
  tree.write(
    `${folder}/tests/${kind}.yaml`,
    testOf(kind, provider, leastOf(contract().request, { text: kind, key: kind })),
  );
}

const template = `# What is made for one request. It sees request, consumer, and what every template of the component sees.
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{request.object}}
data:
  consumer: {{consumer.name}}
`;

function newContract(tree: Tree, kind: string, phase: string): JsonObject {
  const contract: JsonObject = {
    title: `${kind.slice(0, 1).toUpperCase()}${kind.slice(1).replaceAll('-', ' ')}`,
    description: `What a consumer of a ${kind} gets, in one sentence.`,
    phase,
    request: { type: 'object', additionalProperties: false, properties: {} },
    outputs: {
      type: 'object',
      additionalProperties: false,
      required: ['name'],
      properties: { name: { description: 'Name of what was made.', type: 'string' } },
    },
  };
  const file: JsonObject = tree.exists(contractsPath)
    ? readJson<JsonObject>(tree, contractsPath)
    : { $schema: '../tools/model/schemas/services.schema.json' };
  const kinds = isObject(file.kinds) ? file.kinds : {};
  const sorted = Object.fromEntries(
    Object.entries({ ...kinds, [kind]: contract }).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  writeJson(tree, contractsPath, { ...file, kinds: sorted });
  return contract;
}

/** A text of each output that the contract requires; the names of keys stand for themselves. */
function placeholders(kind: string, outputs: JsonValue | undefined): JsonObject {
  const properties = valueAt(outputs ?? null, ['properties']);
  const required = valueAt(outputs ?? null, ['required']);
  return Object.fromEntries(
    (Array.isArray(required) ? required : []).map(String).map((key) => {
      const schema = isObject(properties) ? properties[key] : undefined;
      if (key !== 'keys') return [key, leastOf(schema, { text: '{{request.object}}', key: kind })];
      const keys = valueAt(schema ?? null, ['properties']);
      const names = Object.keys(isObject(keys) ? keys : {});
      return [key, Object.fromEntries(names.map((name) => [name, `{{request.secret.${name}}}`]))];
    }),
  );
}

function testOf(kind: string, provider: string, asked: JsonValue): string {
  const request = { kind, ...(isObject(asked) && Object.keys(asked).length > 0 ? { with: asked } : {}) };
  const test = {
    apiVersion: 'fluxwright.dev/v1',
    kind: 'ComponentTest',
    metadata: { name: kind },
    spec: {
      description: `A consumer gets a ${kind} of its own.`,
      requests: [request],
      expect: { services: [{ name: kind, provider }] },
    },
  };
  const schema = '# yaml-language-server: $schema=../../../tools/model/schemas/component-test.schema.json';
  return `${schema}\n${stringify(test, { lineWidth: 0 })}`;
}
