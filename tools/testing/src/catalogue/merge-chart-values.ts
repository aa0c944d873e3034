type Map = Readonly<Record<string, unknown>>;

/**
 * A chart's default values with ours over them, as Helm has it: maps merge, everything else replaces, null removes
 * (https://helm.sh/docs/chart_template_guide/values_files/#deleting-a-default-key).
 */
export function mergeChartValues(defaults: Map, ours: Map): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...defaults };
  for (const [key, value] of Object.entries(ours)) {
    const under = merged[key];
    if (value === null) delete merged[key];
    else merged[key] = isMap(under) && isMap(value) ? mergeChartValues(under, value) : value;
  }
  return merged;
}

function isMap(value: unknown): value is Map {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
