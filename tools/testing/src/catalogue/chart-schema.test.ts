import { expect, test } from 'vitest';
import { schemaFindings } from './chart-schema.ts';

const rules = { type: 'object', properties: { replicas: { type: 'integer' } }, additionalProperties: false };

test.each([
  'http://json-schema.org/draft-07/schema#',
  'http://json-schema.org/schema#',
  'https://json-schema.org/draft/2019-09/schema',
  'https://json-schema.org/draft/2020-12/schema',
])('finds every fault under the dialect %s', ($schema) => {
  expect(schemaFindings({ $schema, ...rules }, { replicas: 2 })).toEqual([]);
  expect(schemaFindings({ $schema, ...rules }, { replicas: '2', replica: 2 })).toEqual([
    '/ must NOT have additional properties {"additionalProperty":"replica"}',
    '/replicas must be integer {"type":"integer"}',
  ]);
});
