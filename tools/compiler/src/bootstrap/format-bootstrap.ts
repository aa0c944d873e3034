import type { BootstrapPlan } from '../data/bootstrap.ts';
import { bootstrapReadme } from './bootstrap-readme.ts';

/** How a plan is printed: the page of its folder, or for programs. */
export type BootstrapFormat = 'text' | 'json';

/** The printers by format. Each ends with a newline. */
export const formatBootstrap: Readonly<Record<BootstrapFormat, (plan: BootstrapPlan) => string>> = {
  text: bootstrapReadme,
  json: ({ cluster, given, steps }) =>
    `${JSON.stringify({ cluster, given: given.map(({ span: _span, ...each }) => each), steps }, undefined, 2)}\n`,
};
