import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// Adds up the JSON reports of the test runners in a folder and prints the one line CI reads. No report, a failed test
// or a suite that could not start makes the exit code 1.
const folder = process.argv[2] ?? 'reports';
const reports = readdirSync(folder).filter((name) => name.endsWith('.json')).sort();
let passed = 0;
let failed = 0;
let skipped = 0;
for (const name of reports) {
  const report = JSON.parse(readFileSync(join(folder, name), 'utf8'));
  if (report.numTotalTests === undefined) continue;
  passed += report.numPassedTests;
  failed += Math.max(report.numFailedTests, report.success ? 0 : 1);
  skipped += report.numPendingTests + report.numTodoTests;
  console.log(`${name}: ${report.numPassedTests} of ${report.numTotalTests}`);
}
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
