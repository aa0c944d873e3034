export {
  type FactsFile,
  type RecordedComponent,
  type RecordOptions,
  type RecordResult,
  recordFacts,
} from './facts/record-facts.ts';
export type { ComponentTestResult, TestOutcome } from './test-component.ts';
export { testComponent } from './test-component.ts';
export { type ComponentTestOptions, type ComponentTestRun, testComponents } from './test-components.ts';
export { type TestReport, testReport } from './test-report.ts';
