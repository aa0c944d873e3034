import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import own from '../package.json' with { type: 'json' };
import { addChartsCommands } from './charts-program.ts';
import { charts, clusters, examples, findingFormat } from './command-parts.ts';
import { findWorkspace } from './find-workspace.ts';
import { addLintCommand } from './lint-program.ts';
import { addProofCommands } from './proof-program.ts';
import { addPublishCommands } from './publish-program.ts';

/**
 * The command line `fluxwright`: it parses and hands over. The result of a command goes to `finish` as the exit code;
 * wrong usage throws a CommanderError. A command is loaded when it is called, so that help comes at once.
 */
export function makeProgram(finish: (code: number) => void): Command {
  const program = new Command('fluxwright')
    .description('Compiles components, products and clusters into Flux trees, and says where every line came from.')
    .version(own.version)
    .option('--root <folder>', 'the workspace; default: the nearest folder above with an nx.json')
    .exitOverride()
    .showHelpAfterError('(fluxwright --help shows what there is)')
    .addHelpText('after', help);
  const root = (): string => program.opts<{ root?: string }>().root ?? findWorkspace(process.cwd());

  program.hook('preAction', (_program, command) => {
    const { charts: folder } = command.opts<{ charts?: string }>();
    if (folder === undefined || statSync(resolve(root(), folder), { throwIfNoEntry: false })?.isDirectory()) return;
    command.error(`error: option '--charts <folder>': there is no folder ${resolve(root(), folder)}`, { exitCode: 2 });
  });

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
  addPublishCommands(program, { root, finish });
  addProofCommands(program, { root, finish });
  addChartsCommands(program, { root, finish });
  addLintCommand(program, finish);
  return program;
}

const help = `
Examples:
  fluxwright validate                                        check every cluster
  fluxwright build hetzner-fsn1                              compile one cluster
  fluxwright explain hetzner-fsn1 GitRepository/flux-system  where did this come from?
  fluxwright graph hetzner-fsn1 --format=mermaid             the order, as a picture
  fluxwright lint ../fleet --flux 2.8                        check a tree that others wrote
  fluxwright changes hetzner-fsn1 --from origin/main         does the change lose anything?
  fluxwright charts pull                                     fetch the charts that proofs look into
  fluxwright diff                                            what publishing would change
  fluxwright publish --mode=pull-request                     ask for it

Exit code: 0 good, 1 errors in your files, 2 wrong usage or a bug of ours.
Results go to stdout, everything else to stderr. Each finding has a page: docs/errors/<code>.md.`;
