import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files of components/ that parts of components are made of: whoever has such a component is affected by them. */
export interface SharedFiles {
  /** values.defs.json */
  readonly definitions: boolean;
  /** services.defs.json, which itself may take definitions. */
  readonly contracts: boolean;
}

/** The shared files that a component takes. */
export function sharedFiles(root: string, folder: string): SharedFiles {
  const contracts = asksOrProvides(root, folder);
  return { definitions: contracts || takesDefinitions(root, folder), contracts };
}

/** The paths of shared files, as inputs of Nx. */
export function sharedInputs({ definitions, contracts }: SharedFiles): readonly string[] {
  return [
    ...(definitions ? ['{workspaceRoot}/components/values.defs.json'] : []),
    ...(contracts ? ['{workspaceRoot}/components/services.defs.json'] : []),
  ];
}

/** Whether the manifest of a component has a key for services; true where it cannot be read, and building says why. */
function asksOrProvides(root: string, folder: string): boolean {
  try {
    return /\bservices["']?\s*:/.test(readFileSync(join(root, folder, 'component.yaml'), 'utf8'));
  } catch {
    return true;
  }
}

/** Whether the values.schema.json of a component takes a shared definition; true where it cannot be read, and building says why. */
function takesDefinitions(root: string, folder: string): boolean {
  try {
    return readFileSync(join(root, folder, 'values.schema.json'), 'utf8').includes('"../values.defs.json#');
  } catch {
    return true;
  }
}
