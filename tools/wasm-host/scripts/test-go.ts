import { join } from 'node:path';
import { testGo } from '../build/test-go.ts';

process.exitCode = (await testGo({ goFolder: join(import.meta.dirname, '../go') })) ? 0 : 1;
