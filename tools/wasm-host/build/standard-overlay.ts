import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { applyEdits, type ModulePatch, standardLibrary } from './patch-modules.ts';

const run = promisify(execFile);

/** What takes the place of files of the standard library. Paths are absolute. */
export interface StandardChanges {
  /** A folder laid out as GOROOT/src whose packages take the place of the standard library's. */
  readonly standardStandIns?: string;
  /** Those of module `std` are of interest here. */
  readonly patches?: readonly ModulePatch[];
}

/** The Go installation's own folder. */
export async function goRoot(): Promise<string> {
  const { stdout } = await run('go', ['env', 'GOROOT'], { env: { ...process.env, GOTOOLCHAIN: 'local' } });
  return stdout.trim();
}

/**
 * The flag by which `go` reads other files than the standard library's, which are written to `scratch` where they are made
 * here: none without changes. Of a package that has a stand-in no other file is read. Throws an Error where
 * the library's text is not the one that a patch was written for.
 */
export async function overlayFlag(changes: StandardChanges, scratch: string): Promise<string[]> {
  const standard = join(await goRoot(), 'src');
  const Replace: Record<string, string> = {};
  if (changes.standardStandIns !== undefined) await addStandIns(Replace, resolve(changes.standardStandIns), standard);
  for (const { module, edits } of changes.patches ?? []) {
    if (module !== standardLibrary) continue;
    for (const [file, group] of Map.groupBy(edits, (edit) => edit.file)) {
      const text = await readFile(join(standard, file), 'utf8');
      const patched = join(scratch, 'std', file);
      await mkdir(dirname(patched), { recursive: true });
      await writeFile(patched, applyEdits(text, module, group));
      Replace[join(standard, file)] = patched;
    }
  }
  if (Object.keys(Replace).length === 0) return [];
  const overlay = join(scratch, 'overlay.json');
  await writeFile(overlay, JSON.stringify({ Replace }));
  return [`-overlay=${overlay}`];
}

async function addStandIns(Replace: Record<string, string>, standIns: string, standard: string): Promise<void> {
  for (const entry of await readdir(standIns, { recursive: true, withFileTypes: true })) {
    if (!entry.name.endsWith('.go') || entry.name.endsWith('_test.go')) continue;
    const folder = join(standard, relative(standIns, entry.parentPath));
    for (const name of await readdir(folder)) if (name.endsWith('.go')) Replace[join(folder, name)] ??= '';
    Replace[join(folder, entry.name)] = join(entry.parentPath, entry.name);
  }
}
