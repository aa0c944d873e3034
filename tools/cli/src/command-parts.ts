import { Argument, Option } from 'commander';

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
