import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { manifestTypes } from '../src/schema/manifest-types.ts';
import { manifestValidatorCode } from '../src/schema/manifest-validator-code.ts';

const folder = path.join(import.meta.dirname, '../src/generated');
await mkdir(folder, { recursive: true });
for (const [name, text] of await manifestTypes()) await writeFile(path.join(folder, name), text);
await writeFile(path.join(folder, 'manifest-validators.js'), manifestValidatorCode());
