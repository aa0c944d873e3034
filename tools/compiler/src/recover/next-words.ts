import type { StepName } from './next-step.ts';

export interface NextInput {
  readonly from: string;
  readonly to: string;
  /** The command that goes on: `dr switchover north south`. */
  readonly command: string;
  /** Services that change sides. */
  readonly services: readonly string[];
  readonly hasTokens: boolean;
}

/** What a person does after a step, and waits for. */
export function nextWords(step: StepName | 'done', input: NextInput): readonly string[] {
  return words[step](input);
}

const build = ({ from, to }: NextInput): string =>
  `npx fluxwright build ${from} ${to}, look at the difference, commit, and npx fluxwright publish ${from} ${to}`;
const ready = (cluster: string): string =>
  `wait until all of it is Ready in ${cluster}: kubectl -n flux-system get kustomizations`;

const words: Readonly<Record<StepName | 'done', (input: NextInput) => readonly string[]>> = {
  demote: (input) => [
    build(input),
    ready(input.from),
    `wait until the copies in ${input.to} have all that was written, and take down what each service leaves (docs/disaster-recovery.md): ${input.services.join(', ') || 'none is copied'}`,
    `npx fluxwright ${input.command}, with --token <service>=<what it left> for each that leaves something`,
  ],
  promote: (input) => [
    build(input),
    ready(input.to),
    ...(input.hasTokens ? [`once ${input.to} takes writes, take the tokens out: npx fluxwright ${input.command}`] : []),
  ],
  settle: (input) => [build(input)],
  takeover: (input) => [
    `make sure that ${input.from} takes no writes, now and when it comes back: it is off, or fenced`,
    `npx fluxwright build ${input.from} ${input.to}, look at the difference, commit, and npx fluxwright publish ${input.to}`,
    ready(input.to),
    `when ${input.from} is back: publish it before anything else, delete its old copies, and let them be cloned (docs/disaster-recovery.md)`,
  ],
  done: () => [],
};
