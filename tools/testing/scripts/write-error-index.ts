import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { registry } from '@fluxwright/diagnostics';
import { checkedAgainst } from '@fluxwright/flux';
import { errorIndex } from '../src/docs/error-index.ts';

const file = path.resolve(import.meta.dirname, '../../../docs/errors/README.md');
writeFileSync(file, errorIndex(registry, checkedAgainst));
