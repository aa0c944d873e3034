import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { biomeRules } from '../src/imports/biome-rules.ts';
import { readImportOrder } from '../src/imports/import-order.ts';

const root = path.resolve(import.meta.dirname, '../../..');
writeFileSync(path.join(root, 'biome.imports.json'), `${JSON.stringify(biomeRules(readImportOrder(root)), null, 2)}\n`);
