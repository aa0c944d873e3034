import { maskSecrets } from '@fluxwright/diagnostics';
import { CommanderError } from 'commander';
import { makeProgram } from './program.ts';

/**
 * Runs one command line. Returns the exit code: 0 good, 1 errors in the user's files, 2 wrong usage or a bug of ours.
 * A bug is told in one line that asks for a report; FLUXWRIGHT_DEBUG=1 adds the stack.
 */
export async function run(args: readonly string[]): Promise<number> {
  let code = 0;
  const program = makeProgram((result) => {
    code = result;
  });
  try {
    await program.parseAsync(splitAssignments(args), { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    // By its name: the class would load the compiler, and with it help and version would wait.
    if (error instanceof Error && error.name === 'UnknownRevision') {
      process.stderr.write(`${maskSecrets(`error: ${error.message}`)}\n`);
      return 2;
    }
    process.stderr.write(bugReport(error));
    return 2;
  }
}

/** `--format=json` as two words: only so does commander say what `--formt=json` was meant to be. */
function splitAssignments(args: readonly string[]): readonly string[] {
  const end = args.includes('--') ? args.indexOf('--') : args.length;
  return args.flatMap((arg, index) => {
    const parts = index < end ? /^(--[^=]+)=(.*)$/s.exec(arg) : null;
    return parts === null ? [arg] : parts.slice(1);
  });
}

function bugReport(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error ? error.stack : undefined;
  const detail =
    process.env.FLUXWRIGHT_DEBUG === '1' && stack !== undefined
      ? stack
      : 'help: run it again with FLUXWRIGHT_DEBUG=1 and report the output together with the input';
  return `${maskSecrets(`internal error: ${message}\n  This is a bug in Fluxwright, not in your files.\n  ${detail}`)}\n`;
}
