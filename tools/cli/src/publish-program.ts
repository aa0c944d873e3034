import type { ClusterPlan } from '@fluxwright/publisher';
import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  caFile,
  clusters,
  examples,
  findingFormat,
  idleSeconds,
  type ProgramParts,
  readText,
} from './command-parts.ts';
import { forge, gitCredentials } from './publish-parts.ts';

/** Adds the command that commits proved trees to their repositories, or asks for it. */
export function addPublishCommand(program: Command, { root, finish }: ProgramParts): void {
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
    .addHelpText('after', gitCredentials)
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
