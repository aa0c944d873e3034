import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Who may import whom: what tools/imports.json says, the one place it is said in. */
export interface ImportOrder {
  /** Folder of a package below tools/ → the folders of the packages that its source may import. */
  readonly packages: Readonly<Record<string, readonly string[]>>;
  /** Package → folders of its `src`, each below those that may import it; `.` is what lies in `src` itself. */
  readonly folders: Readonly<Record<string, readonly string[]>>;
}

const root = path.resolve(import.meta.dirname, '../../../..');

/** Reads tools/imports.json. */
export function readImportOrder(): ImportOrder {
  return JSON.parse(readFileSync(path.join(root, 'tools/imports.json'), 'utf8'));
}

/** The name that a package below tools/ is imported by. */
export function packageName(folder: string): string {
  return JSON.parse(readFileSync(path.join(root, 'tools', folder, 'package.json'), 'utf8')).name;
}
