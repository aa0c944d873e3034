import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import addFormats from 'ajv-formats';

const schemas = path.join(import.meta.dirname, '../../schemas');
const kinds = [
  'component',
  'product',
  'cluster',
  'cluster-defaults',
  'services',
  'chart-facts',
  'definition-facts',
] as const;

/**
 * The module src/generated/manifest-validators.js: the manifests' schemas as functions. Compiling them anew takes longer
 * than loading a workspace, and Nx loads one on every command.
 */
export function manifestValidatorCode(): string {
  const code = { source: true, esm: true, optimize: 2 };
  const ajv = new Ajv2020({ allErrors: true, verbose: true, allowUnionTypes: true, strictTypes: false, code });
  addFormats.default(ajv, ['uri', 'email']);
  for (const kind of kinds)
    ajv.addSchema(JSON.parse(readFileSync(path.join(schemas, `${kind}.schema.json`), 'utf8')), `${kind}.schema.json`);
  const functions = standaloneCode.default(ajv, {
    component: 'component.schema.json',
    product: 'product.schema.json',
    cluster: 'cluster.schema.json',
    clusterDefaults: 'cluster-defaults.schema.json',
    services: 'services.schema.json',
    chartFacts: 'chart-facts.schema.json',
    definitionFacts: 'definition-facts.schema.json',
    completeSettings: 'cluster.schema.json#/$defs/complete',
  });
  return `${banner}\nimport { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);\n${functions}\n`;
}

const banner = `// Generated from tools/model/schemas by \`nx run model:generate-types\`. Do not edit.
// biome-ignore-all lint: generated
// biome-ignore-all format: generated
// biome-ignore-all assist: generated`;
