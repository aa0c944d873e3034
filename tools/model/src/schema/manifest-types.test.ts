import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { manifestTypes, valuesTypes } from './manifest-types.ts';
import { manifestValidatorCode } from './manifest-validator-code.ts';

const folder = path.join(import.meta.dirname, '../generated');

it('src/generated holds what the schemas give', async () => {
  const types = await manifestTypes();
  const files = new Map([...types, ['manifest-validators.js', manifestValidatorCode()]]);
  expect((await readdir(folder)).sort()).toEqual([...files.keys(), 'manifest-validators.d.ts'].sort());
  for (const [name, text] of files) expect(await readFile(path.join(folder, name), 'utf8'), name).toBe(text);
});

it('makes types of the values of a component', async () => {
  const schema = {
    type: 'object',
    additionalProperties: false,
    required: ['replicas'],
    properties: { replicas: { description: 'Pods to run.', type: 'integer' } },
  };
  expect(await valuesTypes(schema, 'CertManagerValues')).toMatchInlineSnapshot(`
    "// Generated from values.schema.json by \`node tools/model/scripts/values-types.ts FOLDER\`. Do not edit.

    export interface CertManagerValues {
      /**
       * Pods to run.
       */
      replicas: number;
    }
    "
  `);
});
