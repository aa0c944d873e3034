export {
  type CheckCase,
  type CheckResult,
  casesBelow,
  type DiagnosticCase,
  layOutCase,
  messageOf,
  runCase,
} from './diagnostic-case.ts';
export { packTar } from './pack-tar.ts';
