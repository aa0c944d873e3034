import { type Command, InvalidArgumentError, Option } from 'commander';
import { caFile, charts, examples, idleSeconds, type ProgramParts } from './command-parts.ts';
import { gitCredentials } from './publish-parts.ts';

/** Adds `dr` and what it does with a pair: status, switchover, failover, adopt. */
export function addDrCommands(program: Command, { root, finish }: ProgramParts): void {
  const dr = program
    .command('dr')
    .summary('move what a pair of clusters writes from one to the other')
    .description('Edits cluster.yaml of both in safe steps, for review: the next one each time it is called.')
    .addHelpText('after', examples('dr status north south', 'dr switchover north south', 'dr failover north south'));
  pair(dr.command('status'), 'one cluster of the pair', 'the other one')
    .summary('show who is primary of what')
    .description(
      'Shows the parts of both clusters and of each service that they copy, and a step that is not finished.',
    )
    .addOption(format())
    .addHelpText('after', examples('dr status north south', 'dr status north south --format=json'))
    .action(async (from: string, to: string, options) => {
      const { drStatusCommand } = await import('./commands/dr-command.ts');
      finish(drStatusCommand({ ...options, root: root(), from, to }));
    });
  const step = (name: 'switchover' | 'failover' | 'adopt') =>
    pair(dr.command(name), 'the cluster that is primary, or was', 'the cluster that becomes primary')
      .option('--dry-run', 'judge the step, and write nothing')
      .addOption(format())
      .addOption(charts())
      .action(async (from: string, to: string, { token, ...options }) => {
        const { drStepCommand } = await import('./commands/dr-command.ts');
        finish(await drStepCommand({ ...options, tokens: token, root: root(), command: name, from, to }));
      });
  step('switchover')
    .summary('let the other cluster write, losing nothing')
    .description(
      'Demotes, promotes and settles, one step a call. The way back is the same with the clusters exchanged.',
    )
    .addOption(service())
    .addOption(
      new Option('--token <service=token>', 'what a demoted service left, with the promotion; may be repeated')
        .argParser(readToken)
        .default({}),
    )
    .addHelpText(
      'after',
      examples(
        'dr switchover north south',
        'dr switchover north south --token shop/db=eyJ0',
        'dr switchover north south --service shop/db',
      ),
    );
  step('failover')
    .summary('let the other cluster write, the first being lost')
    .description('Makes the second cluster primary at once: what had not crossed is lost.')
    .addOption(service())
    .addHelpText('after', examples('dr failover north south'));
  step('adopt')
    .summary('write down a failover that has happened')
    .description('Says in both cluster.yaml what a Failover Controller has done; the tree does not change by that.')
    .addOption(caFile())
    .addOption(idleSeconds())
    .addHelpText('after', examples('dr adopt north south'))
    .addHelpText('after', gitCredentials);
}

function pair(command: Command, from: string, to: string): Command {
  return command.argument('<from>', from).argument('<to>', to);
}

function format(): Option {
  return new Option('--format <format>', 'how to print it').choices(['text', 'json']).default('text');
}

function service(): Option {
  return new Option('--service <component/name>', 'one service alone').argParser((text: string) => {
    if (!/^[^/\s]+\/[^/\s]+$/.test(text)) throw new InvalidArgumentError('Not <component>/<name>.');
    return text;
  });
}

function readToken(text: string, all: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const [, key, token] = /^([^=\s]+\/[^=\s]+)=(.+)$/s.exec(text) ?? [];
  if (key === undefined || token === undefined) throw new InvalidArgumentError('Not <component>/<name>=<token>.');
  return { ...all, [key]: token };
}
