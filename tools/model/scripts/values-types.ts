import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type JsonObject, parseJson, type ReadLog } from '@fluxwright/documents';
import { loadDefinitions, withDefinitions } from '../src/load/shared-definitions.ts';
import { valuesTypes } from '../src/schema/manifest-types.ts';

/** Writes values.d.ts into each component folder named: TypeScript types of its values. */
for (const given of process.argv.slice(2)) {
  const folder = path.relative(process.cwd(), path.resolve(given));
  const log: ReadLog = { root: process.cwd(), sources: new Map(), diagnostics: [] };
  const file = path.join(folder, 'values.schema.json');
  const { value: own } = parseJson(file, await readFile(file, 'utf8'));
  const { value: schema } = own ? withDefinitions(own, loadDefinitions(log, path.dirname(folder))) : {};
  if (schema === undefined) throw new Error(`${file} cannot be read: npx fluxwright validate says why`);
  const name = path.basename(folder).replace(/(^|-)([a-z0-9])/g, (_, _dash, letter: string) => letter.toUpperCase());
  await writeFile(path.join(folder, 'values.d.ts'), await valuesTypes(schema.value as JsonObject, `${name}Values`));
}
