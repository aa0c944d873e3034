import { type Command, Option } from 'commander';
import { charts, examples, type ProgramParts } from './command-parts.ts';

/** Adds the command that says where an object or a value came from. */
export function addExplainCommand(program: Command, { root, finish }: ProgramParts): void {
  program
    .command('explain')
    .summary('say where an object or a value came from')
    .description('Names the files and lines that an object, or one value of it, came from.')
    .argument('<cluster>', 'name of the cluster')
    .argument('<object>', 'Kind/name or Kind/namespace/name')
    .argument('[path]', 'path of a value, e.g. spec.values.replicas')
    .addOption(new Option('--format <format>', 'how to print it').choices(['text', 'json']).default('text'))
    .addOption(charts())
    .addHelpText(
      'after',
      examples(
        'explain hetzner-fsn1 GitRepository/flux-system',
        'explain hetzner-fsn1 GitRepository/flux-system spec.url',
      ),
    )
    .action(async (cluster: string, object: string, path: string | undefined, options) => {
      const { explainCommand } = await import('./commands/explain-command.ts');
      finish(await explainCommand({ ...options, root: root(), cluster, object, path }));
    });
}
