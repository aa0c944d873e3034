import type { Command } from 'commander';
import { charts, clusters, examples, findingFormat, type ProgramParts } from './command-parts.ts';

/** Adds the commands that compile: build writes what comes out, validate does not. */
export function addBuildCommands(program: Command, { root, finish }: ProgramParts): void {
  program
    .command('build')
    .summary('compile clusters into generated/')
    .description('Compiles clusters into generated/<cluster>. A cluster with an error keeps the tree it had.')
    .addArgument(clusters())
    .addOption(findingFormat())
    .addOption(charts())
    .option('--output <folder>', 'write the trees below this folder instead of generated/')
    .addHelpText('after', examples('build', 'build hetzner-fsn1', 'build --output /tmp/trees'))
    .action(async (names: string[], options) => {
      const { compileCommand } = await import('./commands/compile-command.ts');
      finish(await compileCommand({ ...options, root: root(), clusters: names, write: true }));
    });
  program
    .command('validate')
    .summary('check clusters and write nothing')
    .description('Compiles clusters in memory and reports every finding.')
    .addArgument(clusters())
    .addOption(findingFormat())
    .addOption(charts())
    .addHelpText('after', examples('validate', 'validate --format=ci', 'validate --charts vendor/charts'))
    .action(async (names: string[], options) => {
      const { compileCommand } = await import('./commands/compile-command.ts');
      finish(await compileCommand({ ...options, root: root(), clusters: names, write: false }));
    });
}
