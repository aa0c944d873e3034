import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Argument, InvalidArgumentError, Option } from 'commander';

/** What a command takes from the program around it. */
export interface ProgramParts {
  /** The workspace that is worked on. */
  readonly root: () => string;
  /** Takes the exit code of a command. */
  readonly finish: (code: number) => void;
}

/** The argument of commands that work on some clusters or all. */
export function clusters(): Argument {
  return new Argument('[clusters...]', 'names of clusters; default: all');
}

/** How findings are printed. */
export function findingFormat(): Option {
  return new Option('--format <format>', 'how findings are printed; ci makes annotations of GitHub and Gitea')
    .choices(['text', 'json', 'ci'])
    .default('text');
}

/** Lines for the help of a command. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  fluxwright ${line}`).join('\n')}`;
}

/** The option that says where packaged charts are. */
export function charts(): Option {
  return new Option(
    '--charts <folder>',
    'packaged charts (<name>-<version>.tgz) to render and check releases with, from the root; default: charts',
  );
}

/** Reads the file that an argument names. */
export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new InvalidArgumentError('The file cannot be read.');
  }
}

/** Reads an argument that is a whole number. */
export function wholeNumber(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('Not a whole number.');
  return Number(text);
}

/** A file of CAs, which must be there. */
export function caFile(): Option {
  return new Option('--ca-file <file>', 'CA certificates (PEM) to trust').argParser((file: string) => {
    readText(file);
    return resolve(file);
  });
}

/** How long a server may be silent. */
export function idleSeconds(): Option {
  return new Option('--idle-seconds <seconds>', 'give up after so long without a byte')
    .argParser(wholeNumber)
    .default(60);
}
