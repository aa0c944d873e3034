import type { Cause } from './order-happenings.ts';
import type { Simulation } from './simulation.ts';
import type { Wake } from './wakes.ts';

/** How a simulation is printed: for people, for programs. */
export type SimulationFormat = 'text' | 'json';

/** The simulation as text; ends with a newline. JSON has the fields of {@link Simulation}. */
export function formatSimulation(simulation: Simulation, format: SimulationFormat): string {
  return format === 'json' ? `${JSON.stringify(simulation, null, 2)}\n` : text(simulation);
}

function text({
  cluster,
  from,
  waves,
  attached,
  nodes,
  never,
  criticalPath,
  wakes,
  upgrades,
  teardown,
}: Simulation): string {
  const readyBy = new Map(nodes.map((node) => [node.key, node.readyBy]));
  const whenReady = (key: string): string => {
    const by = readyBy.get(key);
    return `${shortName(key)}${by === undefined ? ', never ready' : by === 0 ? '' : `, ready within ${minutes(by)}`}`;
  };
  const total = criticalPath.reduce((sum, { seconds }) => sum + seconds, 0);
  const lines = [
    `${cluster === '' ? 'A cluster' : `Cluster ${cluster}`}, ${from === 'empty' ? 'from empty' : 'from the previous tree'}`,
    ...waves.flatMap((wave, index) => [`wave ${index + 1}`, ...wave.map((key) => `  ${whenReady(key)}`)]),
    ...section('attached, nobody waits for it', attached.map(whenReady)),
    ...section(
      'never ready',
      never.map(({ kind, key, cause }) => `${kind} ${shortName(key)}: ${causeText(cause)}`),
    ),
    ...section(
      `critical path: ${minutes(total)}, if each takes its whole timeout`,
      criticalPath.map(({ key, seconds }) => `${shortName(key)} ${minutes(seconds)}`),
    ),
    ...(from === 'previous' ? section('this commit wakes', wakes.map(wakeText)) : []),
    ...section('Helm then does', upgrades.flatMap(upgradeLines)),
    ...section(
      from === 'empty' ? 'to tear it down, remove in this order' : 'what goes away is best removed in this order',
      teardown.order.map((keys, index) => `${index + 1}. ${keys.map(shortName).join(', ')}`),
    ),
    ...section('these leave all they made', teardown.stay.map(shortName)),
    ...(from === 'previous'
      ? section(
          'this commit deletes at once',
          teardown.races.map(([needs, needed]) => `${shortName(needs)} and ${shortName(needed)}, which it still needs`),
        )
      : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** Why something never happens, for people. */
export function causeText(cause: Cause): string {
  if (cause.kind === 'blocked') return cause.why;
  if (cause.kind === 'behind') return `it waits for ${happeningText(cause.first)}, which never comes`;
  return `it waits for itself: ${[...cause.around, cause.around[0] ?? ''].map(happeningText).join(' → ')}`;
}

function happeningText(name: string): string {
  const [verb = '', key = ''] = name.split(' ');
  return verb === 'released' ? `HelmRelease ${shortName(key)}` : `${shortName(key)} ${verb}`;
}

function wakeText({ key, added, changed, removed }: Wake): string {
  const counts = [
    [added.length, 'new'],
    [changed.length, 'changed'],
    [removed.length, 'gone'],
  ] as const;
  const parts = counts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return `${shortName(key)}: ${parts.join(', ')}`;
}

function upgradeLines({ key, added, changed, removed }: Wake): readonly string[] {
  const line = (word: string, titles: readonly string[]) => titles.map((title) => `  ${word} ${title}`);
  return [`HelmRelease ${key}`, ...line('makes', added), ...line('changes', changed), ...line('deletes', removed)];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];
}

/** FluxKustomizations live in flux-system, so their name says it all. */
function shortName(key: string): string {
  return key.replace(/^flux-system\//, '');
}

function minutes(seconds: number): string {
  const whole = Math.ceil(seconds / 60);
  return whole < 60 ? `${whole}m` : `${Math.floor(whole / 60)}h${whole % 60 === 0 ? '' : `${whole % 60}m`}`;
}
