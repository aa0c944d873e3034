import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Whether the values.schema.json of a component takes a shared definition; true where it cannot be read, and building says why. */
export function takesDefinitions(root: string, folder: string): boolean {
  try {
    return readFileSync(join(root, folder, 'values.schema.json'), 'utf8').includes('"../values.defs.json#');
  } catch {
    return true;
  }
}
