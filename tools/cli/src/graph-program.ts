import { type Command, Option } from 'commander';
import { charts, examples, type ProgramParts } from './command-parts.ts';

/** Adds the command that shows the order of a cluster. */
export function addGraphCommand(program: Command, { root, finish }: ProgramParts): void {
  program
    .command('graph')
    .summary('show the order of a cluster, with reasons')
    .description('Shows in which waves Flux applies the stages of a cluster, and the line that asks for each wait.')
    .argument('<cluster>', 'name of the cluster')
    .addOption(
      new Option('--format <format>', 'how to print it').choices(['text', 'json', 'mermaid', 'dot']).default('text'),
    )
    .addOption(charts())
    .addHelpText('after', examples('graph hetzner-fsn1', 'graph hetzner-fsn1 --format=dot | dot -Tsvg > order.svg'))
    .action(async (cluster: string, options) => {
      const { graphCommand } = await import('./commands/graph-command.ts');
      finish(await graphCommand({ ...options, root: root(), cluster }));
    });
}
