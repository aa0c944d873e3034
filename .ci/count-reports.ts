import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// Adds up the JSON reports of the test runners in a folder and prints the one line CI reads, and above it what failed:
// of a log's end alone a person must see what to mend. No report, a failed test or a suite that could not start makes
// the exit code 1.
interface Suite {
  readonly name: string;
  readonly status: string;
  readonly message: string;
  readonly assertionResults: readonly {
    readonly status: string;
    readonly fullName: string;
    readonly failureMessages: readonly string[];
  }[];
}

const folder = process.argv[2] ?? 'reports';
const reports = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .sort();
let passed = 0;
let failed = 0;
let skipped = 0;
const failures: string[] = [];
for (const name of reports) {
  const report = JSON.parse(readFileSync(join(folder, name), 'utf8'));
  if (report.numTotalTests === undefined) continue;
  passed += report.numPassedTests;
  failed += Math.max(report.numFailedTests, report.success ? 0 : 1);
  skipped += report.numPendingTests + report.numTodoTests;
  failures.push(...(report.testResults as Suite[]).flatMap((suite) => failuresOf(name, suite)));
  console.log(`${name}: ${report.numPassedTests} of ${report.numTotalTests}`);
}
for (const failure of failures) console.log(failure);
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

/** What failed in one test file: its tests, or the file itself where it could not start. */
function failuresOf(report: string, { name, status, message, assertionResults }: Suite): string[] {
  const tests = assertionResults
    .filter((test) => test.status === 'failed')
    .map(({ fullName, failureMessages }) => `${fullName}: ${firstLines(failureMessages.join('\n'))}`);
  if (tests.length === 0 && status === 'failed') tests.push(`could not run: ${firstLines(message)}`);
  return tests.map((test) => `FAILED ${report} ${name}\n  ${test}`);
}

function firstLines(text: string): string {
  return text.split('\n').slice(0, 6).join('\n  ');
}
