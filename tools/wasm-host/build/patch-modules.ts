import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The module of Go's own packages. */
export const standardLibrary = 'std';

/** A change to a published Go module, as go.mod pins it, or to the standard library of the Go release that it pins. */
export interface ModulePatch {
  /** Its path; `std` for the standard library. */
  readonly module: string;
  /** `file` is from the module's root; each `from` must be in it exactly once. */
  readonly edits: readonly Edit[];
}

interface Edit {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const folderName = '.patched';

/**
 * Makes patched copies of modules beside the guest's sources, and a go.mod that uses them: the flag for `go`, none without
 * patches. The patched code is nowhere in this repository: it is made of the pinned module. Throws an Error where
 * the module's text is no longer the one that the patch was written for.
 */
export async function patchFlag(goFolder: string, given: readonly ModulePatch[] = []): Promise<string[]> {
  const patches = given.filter(({ module }) => module !== standardLibrary);
  if (patches.length === 0) return [];
  const base = await readFile(join(goFolder, 'go.mod'), 'utf8');
  const digest = createHash('sha256')
    .update(JSON.stringify([base, patches]))
    .digest('hex')
    .slice(0, 16);
  // The path is in what Go says of its build: the same on every machine.
  const place = `${folderName}/${digest}`;
  if (!(await readdir(join(goFolder, folderName)).catch((): string[] => [])).includes(digest)) {
    await mkdir(join(goFolder, folderName), { recursive: true });
    const scratch = await mkdtemp(join(goFolder, folderName, 'new-'));
    const replaced: string[] = [];
    for (const [module, group] of Map.groupBy(patches, (patch) => patch.module)) {
      const name = module.replaceAll('/', '_');
      const edits = group.flatMap((patch) => patch.edits);
      await copyPatched(goFolder, { module, edits }, join(scratch, name));
      replaced.push(`replace ${module} => ./${place}/${name}\n`);
    }
    await writeFile(join(scratch, 'go.mod'), `${base}\n${replaced.join('')}`);
    await cp(join(goFolder, 'go.sum'), join(scratch, 'go.sum'));
    // Whoever comes first wins: both copies are equal.
    await rename(scratch, join(goFolder, place)).catch(() => rm(scratch, { recursive: true, force: true }));
  }
  return [`-modfile=${place}/go.mod`];
}

async function copyPatched(goFolder: string, { module, edits }: ModulePatch, target: string): Promise<void> {
  const env = { ...process.env, GOWORK: 'off', GOFLAGS: '', GOTOOLCHAIN: 'local' };
  const { stdout } = await run('go', ['mod', 'download', '-json', module], { cwd: goFolder, env });
  const { Dir } = JSON.parse(stdout) as { Dir: string };
  await cp(Dir, target, { recursive: true });
  // Go keeps its modules read-only.
  const entries = await readdir(target, { recursive: true, withFileTypes: true });
  await chmod(target, 0o755);
  for (const each of entries) await chmod(join(each.parentPath, each.name), each.isDirectory() ? 0o755 : 0o644);
  for (const [file, group] of Map.groupBy(edits, (edit) => edit.file)) {
    const text = await readFile(join(target, file), 'utf8');
    await writeFile(join(target, file), applyEdits(text, module, group));
  }
}

/** Changes the text of one file of `module`. Throws an Error unless each edit finds what it replaces exactly once. */
export function applyEdits(text: string, module: string, edits: readonly Edit[]): string {
  return edits.reduce((current, { file, from, to }) => {
    const found = current.split(from).length - 1;
    if (found !== 1) throw new Error(`${module} ${file} has ${found} times what the patch replaces:\n${from}`);
    return current.replace(from, () => to);
  }, text);
}
