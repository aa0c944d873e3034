import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { biomeRules } from '../src/imports/biome-rules.ts';
import { readImportOrder } from '../src/imports/import-order.ts';

const file = path.resolve(import.meta.dirname, '../../../biome.imports.json');
const { overrides, ...others } = biomeRules(readImportOrder());
// A line for each folder shows what a change of the order does.
const lines = overrides.map((each) => `    ${JSON.stringify(each)}`).join(',\n');
writeFileSync(file, `${JSON.stringify(others, null, 2).slice(0, -2)},\n  "overrides": [\n${lines}\n  ]\n}\n`);
