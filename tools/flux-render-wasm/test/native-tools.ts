import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { hasGo } from '@fluxwright/wasm-host/build';

const run = promisify(execFile);
const moduleFolder = join(import.meta.dirname, '../native');

/** The command-line tools from the Go modules that the engine is made of, and where Helm's own test charts lie. */
export interface NativeTools {
  helm(...args: string[]): Promise<Ran>;
  kustomize(...args: string[]): Promise<Ran>;
  flux(...args: string[]): Promise<Ran>;
  /** Times Helm and Flux's packages without the start of a process (native/inprocess). */
  inprocess(...args: string[]): Promise<Ran>;
  readonly helmSource: string;
}

/** What a command printed; `error` is its standard error when it failed. */
export interface Ran {
  readonly text: string;
  readonly error?: string;
}

/**
 * Builds the tools into $FLUXWRIGHT_NATIVE, or a folder for temporary files: Go's own cache makes the second time short.
 * Gives undefined where no Go is installed, but in CI, where that is an Error.
 */
export function nativeTools(): NativeTools | undefined {
  const folder = process.env.FLUXWRIGHT_NATIVE ?? join(tmpdir(), 'fluxwright-native');
  const env = { ...process.env, GOTOOLCHAIN: 'local', GOWORK: 'off', GOFLAGS: '' };
  const go = (...args: string[]): string => execFileSync('go', args, { cwd: moduleFolder, env, encoding: 'utf8' });
  if (!hasGo()) return undefined;
  mkdirSync(folder, { recursive: true });
  const packages = ['helm.sh/helm/v4/cmd/helm', 'sigs.k8s.io/kustomize/kustomize/v5', './flux', './inprocess'];
  go('build', '-mod=readonly', '-trimpath', '-o', `${folder}/`, ...packages);
  const command =
    (name: string) =>
    async (...args: string[]): Promise<Ran> => {
      try {
        return { text: (await run(join(folder, name), args, { maxBuffer: 256 * 1_048_576 })).stdout };
      } catch (error) {
        return { text: '', error: String((error as { stderr?: string }).stderr) };
      }
    };
  const helmSource = go('list', '-m', '-f', '{{.Dir}}', 'helm.sh/helm/v4').trim();
  if (!existsSync(helmSource)) throw new Error('the Helm module has no folder');
  return {
    helm: command('helm'),
    kustomize: command('kustomize'),
    flux: command('flux'),
    inprocess: command('inprocess'),
    helmSource,
  };
}

/** What to write beside a test that is left out where Go is missing. */
export const withoutGo = 'Go is not installed: the engine is not compared with the native tools';
