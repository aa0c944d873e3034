export type { ChartsOptions, ChartsResult } from './charts-run.ts';
export { formatCharts, type ListedChart, listCharts } from './list-charts.ts';
export { formatLock } from './lock/charts-lock.ts';
export { type PullOptions, pullCharts } from './pull-charts.ts';
export { updateCharts } from './update-charts.ts';
export { verifyCharts } from './verify-charts.ts';
