import { Argument, type Command, Option } from 'commander';
import { examples, type ProgramParts } from './command-parts.ts';

/** Adds the command that shows what the catalogue has. */
export function addListCommand(program: Command, { root, finish }: ProgramParts): void {
  program
    .command('list')
    .summary('show what the catalogue has, and which clusters have it')
    .description(
      'Lists the components, products, services, capabilities or choices of the workspace, and which clusters have them.',
    )
    .addArgument(
      new Argument('<what>', 'what to list').choices(['components', 'products', 'services', 'capabilities', 'choices']),
    )
    .addOption(new Option('--format <format>', 'how to print it').choices(['text', 'json']).default('text'))
    .addHelpText('after', examples('list components', 'list choices --format=json'))
    .action(async (what, options) => {
      const { listCommand } = await import('./commands/list-command.ts');
      finish(await listCommand({ ...options, root: root(), what }));
    });
}
