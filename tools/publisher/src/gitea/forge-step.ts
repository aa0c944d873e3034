import type { Forge } from './forge.ts';
import { askForge, isStatus } from './forge-failure.ts';

/** One thing a forge should have. */
export interface ForgeStep {
  /** What is printed: `repository platform/fleet`. */
  readonly what: string;
  /** Steps before this one without whose thing this one cannot be there, so that nobody asks. */
  readonly within?: readonly ForgeStep[];
  /** Whether it is there. */
  readonly look: () => Promise<boolean>;
  readonly make: () => Promise<unknown>;
  /** What of a thing that is there a person is to set; it is not changed, since somebody may mean it so. */
  readonly lacks?: () => Promise<string | undefined>;
}

/** What became of a step. */
export interface ForgeStepResult {
  /** `lacks`: it is there, and something of it is to be set by a person. */
  readonly action: 'exists' | 'made' | 'would make' | 'lacks';
  /** `repository platform/fleet`, for people. */
  readonly what: string;
}

/** Does steps in their order: makes what is not there and leaves what is. Throws a ForgeFailure. */
export async function doSteps(
  { server }: Forge,
  steps: readonly ForgeStep[],
  { dryRun }: { readonly dryRun: boolean },
): Promise<readonly ForgeStepResult[]> {
  const missing = new Set<ForgeStep>();
  const results: ForgeStepResult[] = [];
  for (const step of steps) {
    const { what, within = [], look, make, lacks } = step;
    if (!within.some((each) => missing.has(each)) && (await look())) {
      results.push({ action: 'exists', what });
      const open = await lacks?.();
      if (open !== undefined) results.push({ action: 'lacks', what: `${what}: ${open}` });
      continue;
    }
    missing.add(step);
    if (!dryRun) await askForge({ doing: `make ${what}`, server }, make);
    results.push({ action: dryRun ? 'would make' : 'made', what });
  }
  return results;
}

/** Asks for a thing: false where the forge answers that there is none. */
export function isThere({ server }: Forge, what: string, ask: () => Promise<unknown>): Promise<boolean> {
  return askForge({ doing: `look up ${what}`, server }, async () => {
    try {
      await ask();
      return true;
    } catch (error) {
      if (isStatus(error, 404)) return false;
      throw error;
    }
  });
}
