import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command } from 'commander';
import own from '../package.json' with { type: 'json' };
import { addBootstrapForgeCommand } from './bootstrap-forge-program.ts';
import { addBuildCommands } from './build-program.ts';
import { addChartsCommands } from './charts-program.ts';
import { addDiffCommand } from './diff-program.ts';
import { addDrCommands } from './dr-program.ts';
import { addExplainCommand } from './explain-program.ts';
import { findWorkspace } from './find-workspace.ts';
import { addGraphCommand } from './graph-program.ts';
import { addLintCommand } from './lint-program.ts';
import { addListCommand } from './list-program.ts';
import { addProofCommands } from './proof-program.ts';
import { addPublishCommand } from './publish-program.ts';

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

  const parts = { root, finish };
  addBuildCommands(program, parts);
  addExplainCommand(program, parts);
  addGraphCommand(program, parts);
  addListCommand(program, parts);
  addDiffCommand(program, parts);
  addPublishCommand(program, parts);
  addDrCommands(program, parts);
  addBootstrapForgeCommand(program, parts);
  addProofCommands(program, parts);
  addChartsCommands(program, parts);
  addLintCommand(program, finish);
  return program;
}

const help = `
Examples:
  fluxwright validate                                        check every cluster
  fluxwright build hetzner-fsn1                              compile one cluster
  fluxwright explain hetzner-fsn1 GitRepository/flux-system  where did this come from?
  fluxwright graph hetzner-fsn1 --format=mermaid             the order, as a picture
  fluxwright list choices                                    what can be chosen, and who chose what
  fluxwright lint ../fleet --flux 2.8                        check a tree that others wrote
  fluxwright changes hetzner-fsn1 --from origin/main         does the change lose anything?
  fluxwright charts pull                                     fetch the charts that proofs look into
  fluxwright diff                                            what publishing would change
  fluxwright publish --mode=pull-request                     ask for it
  fluxwright dr status hetzner-fsn1 hetzner-nbg1             who of a pair is primary

Exit code: 0 good, 1 errors in your files, 2 wrong usage or a bug of ours.
Results go to stdout, everything else to stderr. Each finding has a page: docs/errors/<code>.md.`;
