import type { ClusterPlan } from './cluster-plan.ts';
import { formatPlanMarkdown } from './format-plan-markdown.ts';
import { formatPlanText } from './format-plan-text.ts';

/** How plans are printed: for a terminal, for a pull request, for programs. */
export type PlanFormat = 'text' | 'markdown' | 'json';

/** Prints plans. The JSON is what `publish --plan` takes: it holds the state of each branch the plan was made for. */
export function formatPlan(plans: readonly ClusterPlan[], format: PlanFormat): string {
  if (format === 'json') return `${JSON.stringify({ plans }, null, 2)}\n`;
  return format === 'markdown' ? formatPlanMarkdown(plans) : formatPlanText(plans);
}
