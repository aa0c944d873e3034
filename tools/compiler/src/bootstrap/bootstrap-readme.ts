import { markdownTable } from '@fluxwright/diagnostics';
import type { BootstrapPhase, BootstrapPlan, BootstrapStep } from '../data/bootstrap.ts';

/** The plan as the page that a person follows: what to have at hand, then each step with its check and its way back. */
export function bootstrapReadme({ cluster, given, steps }: BootstrapPlan): string {
  const needed = programs.filter(([program]) =>
    steps.some(({ run }) => run.some((each) => each.startsWith(`${program} `))),
  );
  const parts = phases.flatMap(([phase, title]) => {
    const own = steps.flatMap((step, index) => (step.phase === phase ? stepText(step, index + 1) : []));
    return own.length === 0 ? [] : [`## ${title}\n\n${own.join('\n')}`];
  });
  const rows = given.map(({ kind, namespace, name, keys, components }) => [
    `${kind} \`${namespace === undefined ? '' : `${namespace}/`}${name}\``,
    keys.length === 0 ? '' : keys.map((key) => `\`${key}\``).join(', '),
    components.join(', '),
  ]);
  return [
    `# From nothing to Flux: ${cluster}\n`,
    'Follow it from above, in this folder, in a bash. Each step says how to see that it is done, and how to take it back.\n',
    `You need ${needed.map(([program, what]) => `\`${program}\` (${what})`).join(', ')}.\n`,
    ...(rows.length === 0 ? [] : [`You hand over:\n\n${markdownTable([['What', 'Keys', 'For'], ...rows])}`]),
    ...parts,
  ].join('\n');
}

const programs = [
  ['tofu', 'OpenTofu'],
  ['kubectl', 'of the minor of the cluster'],
  ['helm', 'version 3 or 4'],
] as const;

const phases: readonly (readonly [BootstrapPhase, string])[] = [
  ['prepare', 'Beforehand'],
  ['nodes', 'Machines'],
  ['cluster', 'The cluster'],
  ['given', 'What no repository holds'],
  ['install', 'What runs before Flux'],
  ['flux', 'Flux'],
  ['installed', 'Once Flux runs'],
];

function stepText({ title, because, run, check, back }: BootstrapStep, number: number): string {
  const reason = because === undefined ? '' : `${because.charAt(0).toUpperCase()}${because.slice(1)}.\n\n`;
  const commands = run.length === 0 ? '' : `\`\`\`bash\n${run.join('\n')}\n\`\`\`\n\n`;
  return `### ${number}. ${title}\n\n${reason}${commands}Check: ${shown(check)}  \nBack: ${shown(back)}\n`;
}

/** A sentence begins with a capital; everything else is a command. */
function shown(text: string): string {
  return /^[A-Z]/.test(text) ? `${text}.` : `\`${text}\``;
}
