import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { CheckCase } from '@fluxwright/diagnostics/cases';
import { bootstrap, changes, compile, explain } from '../src/index.ts';

const compileAll: CheckCase = (root) => compile({ root });

/** Stages of diagnostics that the compiler finds, and what finds them. Cases of lint rules stand beside the rules. */
export const compilerChecks: Readonly<Record<string, CheckCase>> = {
  bootstrap: (root) => bootstrap({ root, cluster: 'one' }),
  capacity: compileAll,
  /** The step from the case's generated/one to what its sources make. */
  change: (root) => changes({ root, cluster: 'one' }),
  /** One `explain`; the case's explain.json is what it is asked. */
  cli: (root) => explain({ root, ...JSON.parse(readFileSync(path.join(root, 'explain.json'), 'utf8')) }),
  fleet: compileAll,
  /** What the rules find in a tree that the compiler makes itself. */
  lint: compileAll,
  plan: compileAll,
  prove: compileAll,
  render: compileAll,
  secret: compileAll,
  simulate: compileAll,
  validate: compileAll,
  write: compileAll,
};
