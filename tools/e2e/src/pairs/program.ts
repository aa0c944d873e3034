import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';

/** Debian's own script for RabbitMQ, which it calls as a user of its own, comes later on the path. */
const folders = ['/usr/lib/rabbitmq/bin', ...(process.env.PATH ?? '').split(delimiter)];

/** Where the first of some programs is that this machine has; undefined where it has none. */
export function programOf(...names: readonly string[]): string | undefined {
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** A server of one side of a pair, which runs until it is told to end, or killed. */
export class Server {
  readonly #process: ChildProcess;
  readonly #lines: Interface | undefined;
  #said = '';

  constructor(
    program: string,
    args: readonly string[],
    { cwd, env = {} }: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
  ) {
    // A group of its own: some servers are scripts that start the real one.
    this.#process = spawn(program, args, { cwd, env: { ...process.env, ...env }, detached: true });
    for (const stream of [this.#process.stdout, this.#process.stderr])
      stream?.on('data', (text: Buffer) => {
        this.#said = (this.#said + text.toString()).slice(-4000);
      });
    if (this.#process.stdout !== null) this.#lines = createInterface(this.#process.stdout);
  }

  /** Tells it a line. */
  tell(line: string): void {
    this.#process.stdin?.write(`${line}\n`);
  }

  /** The rest of the next line that begins so; throws once it has ended. */
  next(start: string): Promise<string> {
    return new Promise((done, refuse) => {
      const over = (): void => refuse(new Error(`it has ended: ${this.said}`));
      const hear = (line: string): void => {
        if (!line.startsWith(start)) return;
        this.#lines?.off('line', hear).off('close', over);
        done(line.slice(start.length));
      };
      this.#lines?.on('line', hear).once('close', over);
    });
  }

  /** Whether it runs no longer. */
  get hasEnded(): boolean {
    return this.#process.exitCode !== null || this.#process.signalCode !== null;
  }

  /** What it said last. */
  get said(): string {
    return `exit code ${this.#process.exitCode}\n${this.#said}`;
  }

  /** Ends it as a lost node does, or as a pod that is replaced; resolves once it is gone. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const { pid } = this.#process;
    if (this.hasEnded || pid === undefined) return;
    const gone = new Promise((resolve) => this.#process.once('exit', resolve));
    process.kill(-pid, signal);
    await gone;
  }
}
