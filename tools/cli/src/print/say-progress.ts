/** Where progress is said: a stream of the process, and whether a person reads it. */
export interface ProgressPlace {
  readonly stream: { readonly isTTY?: boolean; write(text: string): unknown };
  readonly environment: NodeJS.ProcessEnv;
}

/**
 * Says on a terminal what a long command is at, a line a step on stderr. Elsewhere, and in CI, it says nothing. The lines
 * do not turn or overwrite each other: compiling holds the thread.
 */
export function sayProgress(
  text: string,
  { stream, environment }: ProgressPlace = { stream: process.stderr, environment: process.env },
): void {
  if (stream.isTTY === true && environment.CI === undefined) stream.write(`${text}\n`);
}
