import type { Trial } from './run-fuzz.ts';

/** What a fuzz shows, in figures and in the mutants that break a law. */
export interface FuzzSummary {
  readonly mutants: number;
  /** Mutants without any error. */
  readonly accepted: number;
  readonly errors: number;
  readonly thrown: readonly string[];
  readonly hung: readonly string[];
  readonly misplaced: readonly string[];
  /** Share of the errors with help, 0 to 1. */
  readonly helped: number;
  /** How many errors of each code have no help. */
  readonly helpless: Readonly<Record<string, number>>;
  /** Mutants with errors of which none names the file that was changed. */
  readonly blamedElsewhere: readonly string[];
  /** Errors at line 1, column 1. */
  readonly atTheStart: number;
}

export function summarize(trials: readonly Trial[]): FuzzSummary {
  const errors = trials.flatMap((trial) => trial.result.errors.map((error) => ({ trial, error })));
  const helpless: Record<string, number> = {};
  for (const { error } of errors) if (!error.hasHelp) helpless[error.code] = (helpless[error.code] ?? 0) + 1;
  const bare = errors.filter(({ error }) => !error.hasHelp).length;
  return {
    mutants: trials.length,
    accepted: trials.filter(({ result, hung }) => result.errors.length === 0 && result.thrown === undefined && !hung)
      .length,
    errors: errors.length,
    thrown: trials.flatMap((trial) => (trial.result.thrown ? [`${title(trial)}: ${trial.result.thrown}`] : [])),
    hung: trials.filter(({ hung }) => hung).map(title),
    misplaced: errors.flatMap(({ trial, error }) =>
      error.misplaced === undefined ? [] : [`${title(trial)}: ${error.code} ${error.misplaced}: ${error.message}`],
    ),
    helped: errors.length === 0 ? 1 : 1 - bare / errors.length,
    helpless: Object.fromEntries(Object.entries(helpless).sort(([, a], [, b]) => b - a)),
    blamedElsewhere: trials
      .filter(({ result }) => result.errors.length > 0 && !result.errors.some(({ namesTheFile }) => namesTheFile))
      .map((trial) => `${title(trial)}: ${trial.result.errors[0]?.code} ${trial.result.errors[0]?.message}`),
    atTheStart: errors.filter(({ error }) => error.atTheStart).length,
  };
}

function title({ mutant }: Trial): string {
  return `mutant ${mutant.number} (${mutant.file}: ${mutant.mutations.join(', ')})`;
}
