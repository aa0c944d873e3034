import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { checkedAgainst } from '@fluxwright/compiler';
import { registry } from '@fluxwright/diagnostics';
import { errorIndex } from '../src/docs/error-index.ts';

const file = path.resolve(import.meta.dirname, '../../../docs/errors/README.md');
writeFileSync(file, errorIndex(registry, checkedAgainst));
