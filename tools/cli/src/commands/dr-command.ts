import { nextWords, type PairOptions, pairState, partOf, type RecoverResult } from '@fluxwright/compiler';
import { hasErrors } from '@fluxwright/diagnostics';
import { formatChangePlan } from '@fluxwright/flux';
import { type RecoverCommand, type RecoverPairOptions, recoverPair } from '@fluxwright/publisher';
import { formatPair } from '../print/format-pair.ts';
import { printResult } from '../print/print-result.ts';
import { sayProgress } from '../print/say-progress.ts';
import { printFindings } from './print-findings.ts';
import { replaceFile } from './replace-file.ts';

type Format = 'text' | 'json';

/** Prints how a pair stands. */
export function drStatusCommand({ format, ...asked }: PairOptions & { readonly format: Format }): number {
  const { parts, services, diagnostics, sources } = pairState(asked);
  if (parts !== undefined) {
    const { from, to } = asked;
    const state = { clusters: { [from]: parts.from, [to]: parts.to }, services };
    printResult(format === 'json' ? json(state) : formatPair({ from, to, parts, services }));
  }
  return printFindings({ diagnostics, sources }, 'text');
}

interface StepCommand extends Omit<RecoverPairOptions, 'environment'> {
  readonly dryRun?: boolean;
  readonly format: Format;
}

/** Makes one step: writes both cluster.yaml where nothing stands against it, and prints what comes next. */
export async function drStepCommand({ dryRun = false, format, ...asked }: StepCommand): Promise<number> {
  sayProgress('Proving both clusters');
  const result = await recoverPair({ ...asked, environment: process.env });
  const { step, files, plans, diagnostics } = result;
  const isGood = step !== undefined && !hasErrors(diagnostics);
  if (isGood && !dryRun) for (const { path, text } of files) replaceFile(asked.root, path, text);
  const next = isGood ? nextOf(asked, result) : [];
  if (format === 'json') {
    const { command, from, to, service } = asked;
    const made = { command, from, to, ...(service && { service }), step: step ?? null, parts: result.parts ?? null };
    printResult(json({ ...made, files: files.map(({ path }) => path), written: isGood && !dryRun, next, diagnostics }));
    return isGood ? 0 : 1;
  }
  for (const plan of plans.values()) printResult(formatChangePlan(plan, 'text'));
  if (isGood) printResult(stepText(asked, result, { dryRun, next }));
  return printFindings(result, 'text');
}

function nextOf(asked: Omit<StepCommand, 'format'>, { step, parts, services }: RecoverResult): readonly string[] {
  const { from, to, service } = asked;
  // What was adopted is switched back as anything else is.
  const command: RecoverCommand = asked.command === 'adopt' ? 'failover' : asked.command;
  const moved = services.filter(({ key, roles }) => parts && partOf(parts.to, key) !== roles.to);
  const leaving = services.filter(({ key, roles }) => parts && partOf(parts.from, key) !== roles.from);
  return nextWords(step ?? 'done', {
    from,
    to,
    command: `dr ${command} ${from} ${to}${service === undefined ? '' : ` --service ${service}`}`,
    services: (step === 'demote' ? leaving : moved).map(({ key, kind, strategy }) => `${key} (${kind}, ${strategy})`),
    hasTokens: Object.keys(parts?.to.tokens ?? {}).length > 0,
  });
}

function stepText(
  { from, to }: PairOptions,
  { step, files }: RecoverResult,
  { dryRun, next }: { readonly dryRun: boolean; readonly next: readonly string[] },
): string {
  if (step === 'done') return `nothing to do: ${to} is primary of all that ${from} has copies of\n`;
  const said = files.map(({ path }) => `${dryRun ? 'would write' : 'wrote'} ${path}\n`).join('');
  return `${step}\n${said}\nnext:\n${next.map((line, index) => `  ${index + 1}. ${line}\n`).join('')}`;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
