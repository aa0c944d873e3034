import { statSync } from 'node:fs';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { examples, findingFormat } from './command-parts.ts';

/** Adds the command that lints a tree which anybody may have written. */
export function addLintCommand(program: Command, finish: (code: number) => void): void {
  program
    .command('lint')
    .summary('check a tree that Flux applies, whoever wrote it')
    .description('Reads every YAML file below a folder and says what Flux of that version would make of it.')
    .argument('<folder>', 'a folder that Flux applies, or a repository of such', existingFolder)
    .addOption(new Option('--flux <version>', 'version of Flux').default('2.9').argParser(fluxVersion))
    .addOption(findingFormat())
    .addHelpText('after', examples('lint generated/hetzner-fsn1', 'lint ../fleet --flux 2.8 --format=json'))
    .action(async (folder: string, options) => {
      const { lintCommand } = await import('./commands/lint-command.ts');
      finish(await lintCommand({ ...options, folder }));
    });
}

function existingFolder(folder: string): string {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return folder;
  throw new InvalidArgumentError('there is no such folder.');
}

function fluxVersion(version: string): string {
  if (/^v?2\.\d+(\.\d+)?$/.test(version)) return version;
  throw new InvalidArgumentError('versions of Flux 2 look like 2.8.');
}
