import { maskKnown } from '@fluxwright/diagnostics';

/** Writes the result of a command to stdout. What is known to be secret stands in none. */
export function printResult(text: string): void {
  process.stdout.write(maskKnown(text));
}
