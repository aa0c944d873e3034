import { Ajv } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';

/**
 * Findings of a chart's values.schema.json on values, as `<pointer> <message>`, sorted; [] where they are valid. Formats
 * are not checked: Helm's validator ignores those it does not know.
 */
export function schemaFindings(schema: Record<string, unknown>, values: unknown): string[] {
  const options = { strict: false, allErrors: true, validateFormats: false, logger: false } as const;
  const dialect = String(schema.$schema ?? '');
  const ajv = dialect.includes('2020-12')
    ? new Ajv2020(options)
    : dialect.includes('2019-09')
      ? new Ajv2019(options)
      : new Ajv(options);
  const { $schema: _, ...rules } = schema;
  const validate = ajv.compile(rules);
  if (validate(values)) return [];
  return (validate.errors ?? [])
    .map(({ instancePath, message, params }) => `${instancePath || '/'} ${message} ${JSON.stringify(params)}`)
    .sort();
}
