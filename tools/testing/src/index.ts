export { type ChartCheck, type CheckCase, type FreeForm, readChartCheck } from './catalogue/chart-check.ts';
export { schemaFindings } from './catalogue/chart-schema.ts';
export { type CustomResourceCheck, customResourceCheck } from './catalogue/custom-resources.ts';
export { mergeChartValues } from './catalogue/merge-chart-values.ts';
export {
  findReference,
  type Reference,
  type ReferenceChart,
  readChartSchema,
  readChartValues,
} from './catalogue/reference.ts';
export { type KeyFindings, unknownKeys } from './catalogue/unknown-keys.ts';
export { componentReadme } from './readme/component-readme.ts';
export { valuesTable } from './readme/values-table.ts';
