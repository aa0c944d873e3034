import { type Diagnostic, type DiagnosticCode, diagnostic, type Span } from '@fluxwright/diagnostics';

type ChartCode = Extract<DiagnosticCode, `charts/${string}`>;

/** Why a chart or source could not be had: what a server, the network or this machine did. Its texts hold no secret. */
export class ChartFailure extends Error {
  override readonly name = 'ChartFailure';
  readonly code: ChartCode;
  readonly note: string | undefined;
  readonly help: string | undefined;

  constructor(
    code: ChartCode,
    message: string,
    { note, help }: { readonly note?: string; readonly help?: string } = {},
  ) {
    super(message);
    this.code = code;
    this.note = note;
    this.help = help;
  }
}

/** The failure of bytes that came and are not those of the lock. */
export function otherBytes(what: string, meant: string, came: string): ChartFailure {
  return new ChartFailure('charts/wrong-digest', `${what} is not what the lock says`, {
    note: `${meant} is meant, ${came} came`,
  });
}

/** The finding of a failure, at the line that asks for the chart. What is no failure of ours is a bug and thrown. */
export function failureFinding(error: unknown, primary: Span | undefined): Diagnostic {
  const failure = error instanceof ChartFailure ? error : localFailure(error);
  if (failure === undefined) throw error;
  const { code, message, note, help } = failure;
  return diagnostic(code, {
    message,
    ...(primary !== undefined && { primary }),
    ...(note !== undefined && { note }),
    ...(help !== undefined && { help }),
  });
}

/** What the file system refuses: a full disk, a folder that may not be written. */
function localFailure(error: unknown): ChartFailure | undefined {
  const { code, syscall } = (error ?? {}) as NodeJS.ErrnoException;
  if (code === undefined || !/^E[A-Z]+$/.test(code)) return undefined;
  return new ChartFailure('charts/not-written', 'charts could not be put on the disk', {
    note: [code, syscall].filter((each) => each !== undefined).join(' in '),
  });
}
