import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { caFile, clusters, examples, type ProgramParts, readText, wholeNumber } from './command-parts.ts';
import { forge, gitCredentials } from './publish-parts.ts';

/** Adds the command that makes repositories on Gitea. */
export function addBootstrapForgeCommand(program: Command, { root, finish }: ProgramParts): void {
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
    .addHelpText('after', gitCredentials)
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
