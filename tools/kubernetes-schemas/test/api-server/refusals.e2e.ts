import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusals } from '../../../compiler/test/refusals.ts';
import { loadSchemas } from '../../src/index.ts';
import { compileSchema } from '../compile-schema.ts';
import { type ApiServer, hasApiServer, startApiServer } from './start-api-server.ts';

const lookup = loadSchemas({ kubernetesVersion: '1.37' });

describe.skipIf(!hasApiServer)('what a build refuses beyond the schema (skipped without ../shared)', () => {
  let server: ApiServer;
  beforeAll(async () => {
    server = await startApiServer();
  });
  afterAll(() => server?.stop());

  it.each(refusals.filter(({ custom }) => custom !== true))('the server refuses $name', async ({ object }) => {
    const { apiVersion, kind, metadata } = object;
    const schema = lookup.schema(apiVersion, kind) ?? {};
    expect(compileSchema(schema)(object)).toBe(true);
    const { status, body } = await server.apply(
      `${pathOf(apiVersion, kind)}/${metadata.name}?dryRun=All&force=true&fieldManager=test`,
      object,
    );
    expect([400, 422, 500], body.message).toContain(status);
  });
});

function pathOf(apiVersion: string, kind: string): string {
  const known = lookup.describe(apiVersion, kind);
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  return `${root}${known?.scope === 'Namespaced' ? '/namespaces/default' : ''}/${known?.plural}`;
}
