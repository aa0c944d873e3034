import type { ComponentTestResult } from './test-component.ts';

/**
 * The results of a component's tests in the fields of Jest's JSON reporter, which vitest's has, too; without times, so
 * that equal results are equal bytes.
 */
export interface TestReport {
  readonly numTotalTests: number;
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly success: boolean;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: 'passed' | 'failed';
    readonly assertionResults: readonly {
      readonly title: string;
      readonly fullName: string;
      readonly status: 'passed' | 'failed';
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** Makes the report of one component. */
export function testReport({ component, outcomes }: ComponentTestResult): TestReport {
  const failed = outcomes.filter(({ failures }) => failures.length > 0).length;
  const status = (count: number) => (count === 0 ? 'passed' : 'failed');
  return {
    numTotalTests: outcomes.length,
    numPassedTests: outcomes.length - failed,
    numFailedTests: failed,
    numPendingTests: 0,
    numTodoTests: 0,
    success: failed === 0,
    testResults: [
      {
        name: `components/${component}`,
        status: status(failed),
        assertionResults: outcomes.map(({ title, failures }) => ({
          title,
          fullName: `${component} ${title}`,
          status: status(failures.length),
          failureMessages: failures.map(({ code, message }) => `${code}: ${message}`),
        })),
      },
    ],
  };
}
