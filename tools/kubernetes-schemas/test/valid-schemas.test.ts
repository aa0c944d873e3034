import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { loadSchemas, supportedVersions } from '../src/index.ts';

const ajv = new Ajv({ strict: false });

// The compiler has kubeconform trust the set, so that no schema is held against its metaschema again and again.
test.each(supportedVersions())('every schema for Kubernetes %s keeps its metaschema', (kubernetesVersion) => {
  const schemas = loadSchemas({ kubernetesVersion });
  const wrong = schemas.listKinds().flatMap(({ apiVersion, kind }) => {
    const schema = schemas.schema(apiVersion, kind);
    if (schema?.$schema !== 'http://json-schema.org/draft-07/schema#') return [`${apiVersion} ${kind}: other draft`];
    return ajv.validateSchema(schema) ? [] : [`${apiVersion} ${kind}: ${ajv.errorsText()}`];
  });
  expect(wrong).toEqual([]);
});
