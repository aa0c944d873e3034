import { type Command, Option } from 'commander';
import {
  caFile,
  charts as chartsFolder,
  examples,
  findingFormat,
  idleSeconds,
  type ProgramParts,
} from './command-parts.ts';

/** Adds `charts` and what it can do: pull, update, vendor, verify, list, facts. */
export function addChartsCommands(program: Command, { root, finish }: ProgramParts): void {
  const charts = program
    .command('charts')
    .summary('lock and fetch the charts of components')
    .description('Locks the charts and sources that components ask for, to the byte, and fetches what is locked.')
    .addHelpText('after', examples('charts update', 'charts pull', 'charts verify', 'charts list --format=json'));
  fetching(charts.command('pull'), { isOffline: true })
    .summary('fetch what the lock names')
    .description('Puts the charts of charts.lock.yaml into charts/pulled/, where builds look and git does not.')
    .addHelpText('after', examples('charts pull', 'charts pull --offline', 'charts pull --ca-file=own-ca.pem'))
    .addHelpText('after', credentials)
    .action(async (options) => {
      const { pullChartsCommand } = await import('./commands/charts-command.ts');
      finish(await pullChartsCommand({ ...options, root: root(), to: 'pulled' }));
    });
  fetching(charts.command('update'))
    .summary('move the lock to what components ask for')
    .description('Writes charts.lock.yaml and says what changes. What is locked already is not asked for again.')
    .addHelpText('after', examples('charts update'))
    .addHelpText('after', credentials)
    .action(async (options) => {
      const { updateChartsCommand } = await import('./commands/charts-command.ts');
      finish(await updateChartsCommand({ ...options, root: root() }));
    });
  fetching(charts.command('vendor'), { isOffline: true })
    .summary('put what the lock names into the repository')
    .description('Puts the charts of charts.lock.yaml into charts/, to be committed.')
    .addHelpText('after', examples('charts vendor', 'charts vendor --offline'))
    .addHelpText('after', credentials)
    .action(async (options) => {
      const { pullChartsCommand } = await import('./commands/charts-command.ts');
      finish(await pullChartsCommand({ ...options, root: root(), to: 'vendored' }));
    });
  charts
    .command('verify')
    .summary('hold what is at hand against the lock')
    .description('Checks that everything is locked, at hand, and to the byte what the lock says. Asks no server.')
    .addOption(findingFormat())
    .addHelpText('after', examples('charts verify', 'charts verify --format=ci'))
    .action(async (options) => {
      const { verifyChartsCommand } = await import('./commands/charts-command.ts');
      finish(verifyChartsCommand({ ...options, root: root() }));
    });
  charts
    .command('list')
    .summary('say which charts there are, and where')
    .description('Lists what components ask for, and whether it is vendored, pulled, cached or missing.')
    .addOption(new Option('--format <format>', 'how to print it').choices(['text', 'json']).default('text'))
    .addHelpText('after', examples('charts list', 'charts list --format=json'))
    .action(async (options) => {
      const { listChartsCommand } = await import('./commands/charts-command.ts');
      finish(listChartsCommand({ ...options, root: root() }));
    });
  charts
    .command('facts')
    .summary('record what the charts at hand make')
    .description('Renders charts with the values of components and writes what comes out to their chart.facts.yaml.')
    .argument('[components...]', 'names of components; default: all that have a chart')
    .addOption(chartsFolder())
    .addOption(findingFormat())
    .addHelpText('after', examples('charts facts', 'charts facts harbor', 'charts facts --charts ../charts'))
    .action(async (components: readonly string[], options) => {
      const { chartFactsCommand } = await import('./commands/chart-facts-command.ts');
      finish(await chartFactsCommand({ ...options, root: root(), components }));
    });
}

/** The options of a command that asks servers; some of them can do without. */
function fetching(command: Command, { isOffline = false } = {}): Command {
  if (isOffline) command.option('--offline', 'ask no server: take what this machine has, and say what it lacks');
  return command.addOption(caFile()).addOption(idleSeconds()).addOption(findingFormat());
}

const credentials = `
Credentials come from FLUXWRIGHT_CHARTS_USERNAME_<HOST> and FLUXWRIGHT_CHARTS_PASSWORD_<HOST> (in capitals, other characters
as _, the port included), the files of helm and docker, or .netrc; for git from its own helpers or the SSH agent.
HTTPS_PROXY, NO_PROXY, SSL_CERT_FILE and NODE_EXTRA_CA_CERTS count. Fetched charts are kept in XDG_CACHE_HOME/fluxwright.`;
