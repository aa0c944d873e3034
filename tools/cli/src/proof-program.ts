import { type Command, Option } from 'commander';
import { charts, examples, type ProgramParts } from './command-parts.ts';

/** Adds the commands that foretell what a cluster does with its tree, and what comes before: bootstrap, capacity, images, simulate, changes, migrate. */
export function addProofCommands(program: Command, parts: ProgramParts): void {
  addBootstrap(program, parts);
  addCapacity(program, parts);
  addImages(program, parts);
  addSimulate(program, parts);
  addChanges(program, parts);
  addMigrate(program, parts);
}

function addBootstrap(program: Command, { root, finish }: ProgramParts): void {
  program
    .command('bootstrap')
    .summary('show what a person does until Flux runs')
    .description('Lists what a person hands over and each step from nothing to Flux, with its check and its way back.')
    .argument('<cluster>', 'name of the cluster')
    .option('--check', 'print only what is missing, and fail where something is')
    .addOption(new Option('--format <format>', 'how to print it').choices(['text', 'json']).default('text'))
    .addHelpText('after', examples('bootstrap hetzner-fsn1', 'bootstrap hetzner-fsn1 --check'))
    .action(async (cluster: string, options) => {
      const { bootstrapCommand } = await import('./commands/bootstrap-command.ts');
      finish(await bootstrapCommand({ ...options, root: root(), cluster }));
    });
}

function addCapacity(program: Command, { root, finish }: ProgramParts): void {
  program
    .command('capacity')
    .summary('sum up what a cluster asks of its nodes')
    .description('Sums requests, storage and pods by category, and holds them against the node pools with nodes lost.')
    .argument('<cluster>', 'name of the cluster')
    .addOption(new Option('--format <format>', 'how to print it').choices(['text', 'markdown', 'json']).default('text'))
    .addOption(charts())
    .addHelpText('after', examples('capacity hetzner-fsn1', 'capacity hetzner-fsn1 --format=markdown'))
    .action(async (cluster: string, options) => {
      const { capacityCommand } = await import('./commands/capacity-command.ts');
      finish(await capacityCommand({ ...options, root: root(), cluster }));
    });
}

function addImages(program: Command, { root, finish }: ProgramParts): void {
  program
    .command('images')
    .summary('list the images and charts that a cluster takes from elsewhere')
    .description(
      'Lists images, charts and sources of a cluster with their digests where known: what a mirror has to hold.',
    )
    .argument('<cluster>', 'name of the cluster')
    .addOption(new Option('--format <format>', 'how to print it').choices(['text', 'json']).default('text'))
    .addOption(charts())
    .addHelpText('after', examples('images hetzner-fsn1', 'images hetzner-fsn1 --format=json'))
    .action(async (cluster: string, options) => {
      const { imagesCommand } = await import('./commands/images-command.ts');
      finish(await imagesCommand({ ...options, root: root(), cluster }));
    });
}

function addSimulate(program: Command, { root, finish }: ProgramParts): void {
  program
    .command('simulate')
    .summary('let Flux apply a cluster, on paper')
    .description('Shows waves, deadlocks, the critical path, what a commit wakes and the order of a teardown.')
    .argument('<cluster>', 'name of the cluster')
    .option('--from <revision>', 'start from the tree of this git revision; default: from an empty cluster')
    .addOption(new Option('--format <format>', 'how to print it').choices(['text', 'json']).default('text'))
    .addOption(charts())
    .addHelpText('after', examples('simulate hetzner-fsn1', 'simulate hetzner-fsn1 --from origin/main'))
    .action(async (cluster: string, options) => {
      const { simulateCommand } = await import('./commands/simulate-command.ts');
      finish(await simulateCommand({ ...options, root: root(), cluster }));
    });
}

function addChanges(program: Command, { root, finish }: ProgramParts): void {
  program
    .command('changes')
    .summary('show which objects the next build loses, moves or makes anew')
    .description('Compares what the sources make with the tree that is there, by identity, and shows the safe way.')
    .argument('<cluster>', 'name of the cluster')
    .addOption(fromRevision())
    .addOption(new Option('--format <format>', 'how to print it').choices(['text', 'json']).default('text'))
    .addOption(charts())
    .addHelpText(
      'after',
      examples(
        'changes hetzner-fsn1',
        'changes hetzner-fsn1 --from origin/main',
        'changes hetzner-fsn1 --charts ../charts',
      ),
    )
    .action(async (cluster: string, options) => {
      const { changesCommand } = await import('./commands/changes-command.ts');
      finish(await changesCommand({ ...options, root: root(), cluster }));
    });
}

function addMigrate(program: Command, { root, finish }: ProgramParts): void {
  program
    .command('migrate')
    .summary('write the tree to publish before a change that would lose data')
    .description('Writes the old tree with marks that keep Flux from deleting what the change would lose.')
    .argument('<cluster>', 'name of the cluster')
    .addOption(fromRevision())
    .option('--output <folder>', 'write the tree below this folder instead of generated/')
    .addOption(charts())
    .addHelpText(
      'after',
      examples('migrate hetzner-fsn1', 'migrate hetzner-fsn1 --from origin/main --output /tmp/first'),
    )
    .action(async (cluster: string, options) => {
      const { migrateCommand } = await import('./commands/migrate-command.ts');
      finish(await migrateCommand({ ...options, root: root(), cluster }));
    });
}

function fromRevision(): Option {
  return new Option('--from <revision>', 'take the old tree from this git revision; default: what is on the disk');
}
