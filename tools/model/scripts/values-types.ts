import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { valuesTypes } from '../src/schema/manifest-types.ts';

/** Writes values.d.ts into each component folder named: TypeScript types of its values. */
for (const folder of process.argv.slice(2)) {
  const schema = JSON.parse(await readFile(path.join(folder, 'values.schema.json'), 'utf8'));
  const name = path
    .basename(path.resolve(folder))
    .replace(/(^|-)([a-z0-9])/g, (_, _dash, letter: string) => letter.toUpperCase());
  await writeFile(path.join(folder, 'values.d.ts'), await valuesTypes(schema, `${name}Values`));
}
