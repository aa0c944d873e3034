import { resolve } from 'node:path';
import type { ClusterPlan } from '@fluxwright/publisher';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { caFile, clusters, examples, findingFormat, idleSeconds, readText, wholeNumber } from './command-parts.ts';

interface Shared {
  readonly root: () => string;
  readonly finish: (code: number) => void;
}

/** Adds the commands that talk to a server: diff, publish and bootstrap-forge. */
export function addPublishCommands(program: Command, { root, finish }: Shared): void {
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
    .addHelpText('after', credentials)
    .action(async (names: string[], options) => {
      const { diffCommand } = await import('./commands/diff-command.ts');
      finish(await diffCommand({ ...options, root: root(), clusters: names }));
    });
  program
    .command('publish')
    .summary('commit proved trees to the repositories Flux reads')
    .description('Publishes generated/<cluster> where it is exactly what the compiler proves. Never forces a push.')
    .addArgument(clusters())
    .addOption(
      new Option('--mode <mode>', 'commit to the branch, or open and update a pull request')
        .choices(['push', 'pull-request'])
        .default('push'),
    )
    .addOption(
      new Option(
        '--plan <file>',
        'publish only what this output of diff --format=json says, while it still holds',
      ).argParser(readPlans),
    )
    .option('--label <name>', 'label of the pull request; may be repeated', collect, [])
    .option('--reviewer <name>', 'reviewer of the pull request; may be repeated', collect, [])
    .addOption(
      new Option(
        '--migrate',
        'publish the commit that holds what a change would lose, before the change itself',
      ).conflicts('plan'),
    )
    .option('--reopen', 'open a pull request again that was closed without a merge')
    .option('--adopt', 'replace a folder that holds files and no record of Fluxwright')
    .option('--create-branch', 'make the branch where the repository has others')
    .addOption(forge())
    .addOption(caFile())
    .addOption(idleSeconds())
    .addOption(findingFormat())
    .addHelpText(
      'after',
      examples(
        'publish',
        'publish --mode=pull-request --label=gitops',
        'publish --plan=plan.json',
        'publish hetzner-fsn1 --migrate',
      ),
    )
    .addHelpText('after', credentials)
    .action(async (names: string[], { label, reviewer, plan, ...options }) => {
      const { publishCommand } = await import('./commands/publish-command.ts');
      finish(
        await publishCommand({
          ...options,
          labels: label,
          reviewers: reviewer,
          ...(plan !== undefined && { plans: plan }),
          root: root(),
          clusters: names,
        }),
      );
    });
  program
    .command('bootstrap-forge')
    .summary('make the repositories clusters are published to')
    .description(
      'Makes what is missing on Gitea: organisation, repository, deploy key, user, protection of the branch.',
    )
    .addArgument(clusters())
    .option('--dry-run', 'say what would be made and make nothing')
    .addOption(new Option('--deploy-key <file>', 'public SSH key that may read, for Flux').argParser(readText))
    .option('--user <name>', 'user that may publish and nothing else, made by an administrator; needs --token-file')
    .addOption(
      new Option('--token-file <file>', 'new file for the token of --user; nobody else gets it').argParser(
        (file: string) => resolve(file),
      ),
    )
    .addOption(
      new Option(
        '--protect <approvals>',
        'protect the branch: only validated pull requests with so many approvals',
      ).argParser(wholeNumber),
    )
    .addOption(forge())
    .addOption(caFile())
    .addHelpText(
      'after',
      examples(
        'bootstrap-forge --dry-run',
        'bootstrap-forge --deploy-key=flux.pub --protect=1',
        'bootstrap-forge --user=publisher --token-file=token',
      ),
    )
    .addHelpText('after', credentials)
    .action(async (names: string[], { deployKey, protect, user, tokenFile, ...options }, command: Command) => {
      if ((user === undefined) !== (tokenFile === undefined))
        command.error('error: --user and --token-file go together', { exitCode: 2 });
      const { bootstrapForgeCommand } = await import('./commands/bootstrap-forge-command.ts');
      finish(
        await bootstrapForgeCommand({
          ...options,
          root: root(),
          clusters: names,
          ...(deployKey !== undefined && { deployKey: deployKey.trim() }),
          ...(user !== undefined && { user: { name: user, tokenFile } }),
          ...(protect !== undefined && { approvals: protect }),
        }),
      );
    });
}

function collect(value: string, all: readonly string[]): readonly string[] {
  return [...all, value];
}

function readPlans(file: string): readonly ClusterPlan[] {
  try {
    const { plans } = JSON.parse(readText(file));
    if (Array.isArray(plans)) return plans;
  } catch (error) {
    if (error instanceof InvalidArgumentError) throw error;
  }
  throw new InvalidArgumentError('The file is no output of diff --format=json.');
}

function forge(): Option {
  return new Option('--forge <url>', 'address of Gitea, where the clone URL does not say it');
}

const credentials = `
A token of Gitea needs the scope write:repository; for pull requests also write:issue; for bootstrap-forge also read:user and
write:organization (write:user for a repository of one's own, write:admin for --user).
Credentials come from FLUXWRIGHT_GIT_TOKEN (with FLUXWRIGHT_GIT_HOST for that host only), FLUXWRIGHT_GIT_TOKEN_<HOST>,
git's credential helpers or the SSH agent.`;
