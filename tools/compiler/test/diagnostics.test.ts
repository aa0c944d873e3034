import path from 'node:path';
import { type CheckCase, casesBelow } from '@fluxwright/diagnostics/cases';
import { testCases } from '@fluxwright/diagnostics/test-cases';
import { compilerChecks } from './compiler-checks.ts';

const fixtures = path.join(import.meta.dirname, '../../testing/fixtures');
const cases = Object.keys(compilerChecks).flatMap((stage) =>
  casesBelow(path.join(fixtures, 'diagnostics', stage), stage),
);

testCases(cases, {
  over: path.join(fixtures, 'workspace'),
  checkOf: ({ code }) => compilerChecks[code.split('/')[0] ?? ''] as CheckCase,
});
