import ora from 'ora';

/** Says on a terminal what a long command is at. Elsewhere, and in CI, it says nothing. */
export interface Progress {
  at(text: string): void;
  stop(): void;
}

/** Starts a progress line on stderr. */
export function startProgress(text: string): Progress {
  const spinner = ora({
    text,
    stream: process.stderr,
    isSilent: !process.stderr.isTTY || process.env.CI !== undefined,
  });
  spinner.start();
  return {
    at: (next) => {
      spinner.text = next;
      // Compiling holds the thread, so the spinner cannot turn by itself.
      spinner.render();
    },
    stop: () => {
      spinner.stop();
    },
  };
}
