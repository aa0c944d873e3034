import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** A place in a chart's values whose keys are the user's own, e.g. names of environment variables. */
export interface FreeForm {
  /** Dotted path; `*` stands for one key or list item. */
  readonly path: string;
  readonly reason: string;
}

/** One more way to set a component, so that every branch of its templates is checked. */
export interface CheckCase {
  /** Choices of the cluster the values belong to; without any, the case is a cluster of its own. */
  readonly choices?: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, unknown>>;
}

/** What helm/chart-check.yaml of a component says about its chart's values. */
export interface ChartCheck {
  readonly freeForm: readonly FreeForm[];
  /** Keys that the chart reads but its values.yaml has in comments only, as dotted paths. */
  readonly keys: readonly string[];
  readonly cases: readonly CheckCase[];
  /** For a chart that the reference does not hold: the page its `keys` were read from. */
  readonly unlisted?: string;
  /** For a chart that is newer than the reference: the version there, and why the component does not take it. */
  readonly newer?: { readonly than: string; readonly reason: string };
}

/** Reads a component's helm/chart-check.yaml; an absent file says nothing. */
export function readChartCheck(file: string): ChartCheck {
  const found: Partial<ChartCheck> = existsSync(file) ? (parse(readFileSync(file, 'utf8')) ?? {}) : {};
  return { freeForm: [], keys: [], cases: [], ...found };
}
