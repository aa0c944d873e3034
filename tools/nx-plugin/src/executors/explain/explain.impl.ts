import { explain, formatExplanation } from '@fluxwright/compiler';
import { formatDiagnostics, hasErrors } from '@fluxwright/diagnostics';
import type { ExecutorContext } from '@nx/devkit';
import { clusterOfProject } from '../cluster-of-project.ts';

interface ExplainOptions {
  readonly object: string;
  readonly path?: string;
  readonly format?: 'text' | 'json';
}
