import { type Command, Option } from 'commander';
import { caFile, clusters, examples, idleSeconds, type ProgramParts } from './command-parts.ts';
import { gitCredentials } from './publish-parts.ts';

/** Adds the command that compares trees with the branches they are published to. */
export function addDiffCommand(program: Command, { root, finish }: ProgramParts): void {
  program
    .command('diff')
    .summary('show what publishing would change')
    .description('Compares generated/<cluster> with the branch of its manifest, by object and field. Changes nothing.')
    .addArgument(clusters())
    .addOption(
      new Option('--format <format>', 'how to print it: for a terminal, a pull request or programs')
        .choices(['text', 'markdown', 'json'])
        .default('text'),
    )
    .addOption(caFile())
    .addOption(idleSeconds())
    .addHelpText('after', examples('diff', 'diff hetzner-fsn1 --format=markdown', 'diff --format=json > plan.json'))
    .addHelpText('after', gitCredentials)
    .action(async (names: string[], options) => {
      const { diffCommand } = await import('./commands/diff-command.ts');
      finish(await diffCommand({ ...options, root: root(), clusters: names }));
    });
}
