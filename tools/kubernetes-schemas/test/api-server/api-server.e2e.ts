import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { convertCrd } from '../../src/convert-crd.ts';
import { type Json, type JsonSchema, loadSchemas } from '../../src/index.ts';
import { compileSchema } from '../compile-schema.ts';
import { firstError } from '../first-error.ts';
import { awkwardDefinition, awkwardObjects } from './awkward-definition.ts';
import { goodObjects } from './good-objects.ts';
import { mutantsOf } from './mutants.ts';
import { type Answer, type ApiServer, hasApiServer, startApiServer } from './start-api-server.ts';

const lookup = loadSchemas({ kubernetesVersion: '1.37' });

describe.skipIf(!hasApiServer)('against a real API server, object by object (skipped without ../shared)', () => {
  let server: ApiServer;
  beforeAll(async () => {
    server = await startApiServer();
    await server.create('/apis/apiextensions.k8s.io/v1/customresourcedefinitions', awkwardDefinition);
    for (let tries = 0; tries < 50; tries++) {
      if ((await dryRun('/apis/example.net/v1/namespaces/default/awkwards', {})).status !== 404) break;
      await new Promise((done) => setTimeout(done, 200));
    }
  });
  afterAll(() => server?.stop());

  const dryRun = (path: string, object: object): Promise<Answer> =>
    server.create(`${path}?dryRun=All&fieldValidation=Strict`, object);

  const applied = async (path: string, object: Record<string, Json>): Promise<boolean> => {
    const { name } = object.metadata as { name: string };
    const { status } = await server.apply(`${path}/${name}?dryRun=All&force=true&fieldManager=test`, object);
    return status === 201;
  };

  it.each(goodObjects)('$apiVersion $kind: refuses nothing that the server takes', async (good) => {
    const { apiVersion, kind } = good;
    const schema = lookup.schema(apiVersion, kind) as JsonSchema;
    const { ours, servers } = await judge(schema, pathOf(apiVersion, kind), good);
    expect(ours).toEqual([]);
    // What decoding refuses, a schema can say; validation is code.
    expect(servers.filter(({ status }) => status === 400)).toEqual([]);
  });

  it.each(awkwardObjects)('a custom resource: says the same of $spec.source', async (good) => {
    const [made] = convertCrd(awkwardDefinition);
    // A kind that embeds others has all definitions.
    const definitions = lookup.schema('apiextensions.crossplane.io/v1', 'Composition')?.definitions as JsonSchema;
    const schema = { ...made?.schema, definitions };
    const { ours, servers } = await judge(schema, '/apis/example.net/v1/namespaces/default/awkwards', good);
    expect(ours).toEqual([]);
    expect(servers).toEqual([]);
  });

  /** What only our schema refuses, and what only the server does, of an object and its mutants. */
  async function judge(schema: JsonSchema, path: string, good: Record<string, Json>) {
    const validate = compileSchema(schema);
    const { status, body } = await dryRun(path, good);
    expect(status, body.message).toBe(201);
    expect(validate(good) ? '' : firstError(validate)).toBe('');
    const ours: string[] = [];
    const servers: { mutant: string; status: number; message: string }[] = [];
    const mutants = mutantsOf(good);
    const answers: Answer[] = [];
    for (let i = 0; i < mutants.length; i += 8) {
      answers.push(...(await Promise.all(mutants.slice(i, i + 8).map(({ object }) => dryRun(path, object)))));
    }
    for (const [i, { name, object }] of mutants.entries()) {
      const { status, body } = answers[i] as Answer;
      const fault = validate(object) ? undefined : firstError(validate);
      if (fault === undefined && status !== 201) servers.push({ mutant: name, status, message: body.message ?? '' });
      // Apply also looks at the types in a status.
      if (fault !== undefined && status === 201 && (await applied(path, object))) ours.push(`${name}: ${fault}`);
    }
    return { ours, servers };
  }
});

function pathOf(apiVersion: string, kind: string): string {
  const known = lookup.describe(apiVersion, kind);
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  return `${root}${known?.scope === 'Namespaced' ? '/namespaces/default' : ''}/${known?.plural}`;
}
