import { compactYaml, type JsonObject, type JsonValue } from '@fluxwright/documents';
import type { ChartFactsSpec } from '@fluxwright/model';

/** The text of chart.facts.yaml: equal facts give equal bytes. */
export function factsText(component: string, spec: ChartFactsSpec): string {
  const value: JsonObject = {
    apiVersion: 'fluxwright.dev/v1',
    kind: 'ChartFacts',
    metadata: { name: component },
    spec: spec as unknown as JsonValue,
  };
  return `${head}${compactYaml(value)}`;
}

const head = `# What the chart makes with the values of this case, and what that depends on. \`fluxwright charts facts\` writes it: review it, and
# edit nothing. An object is here with what others ask of it alone.
`;
