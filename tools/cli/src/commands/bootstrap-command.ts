import { type BootstrapFormat, bootstrap, formatBootstrap } from '@fluxwright/compiler';
import { printResult } from '../print/print-result.ts';
import { printFindings } from './print-findings.ts';

interface BootstrapCommand {
  readonly root: string;
  readonly cluster: string;
  readonly format: BootstrapFormat;
  /** Prints nothing but what is missing. */
  readonly check?: boolean;
}

/** Prints what a person does until Flux runs; fails where something of it is missing. */
export async function bootstrapCommand({ format, check, ...asked }: BootstrapCommand): Promise<number> {
  const { bootstrap: found, diagnostics, sources } = await bootstrap(asked);
  if (found !== undefined && check !== true) printResult(formatBootstrap[format](found.plan));
  return printFindings({ diagnostics, sources }, 'text');
}
