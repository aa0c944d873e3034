import { readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { type DiagnosticCode, diagnostic } from '@fluxwright/diagnostics';
import type { JsonObject, JsonValue } from '@fluxwright/documents';
import { isObject, listFolders, mayExist, parseJson, type ReadLog, readText } from '@fluxwright/documents';

/** A folder that holds a component. */
export interface ComponentPlace {
  /** From the root. */
  readonly folder: string;
  /** Set for the workspace's own: the folder's name. */
  readonly expectedName?: string;
  /** The folder whose definitions its schema may take: the one above it, or its own where that one is no part of its package. */
  readonly definitions: string;
}

/**
 * The workspace's own components (`components/*`), then those that npm installed: dependencies of the root package.json
 * whose own package.json says `"fluxwright": {"component": "<folder>"}`. A dependency that is a link to a folder of
 * components/ is found once.
 */
export function findComponents(log: ReadLog): readonly ComponentPlace[] {
  const own = listFolders(log, 'components').map((name) => ({
    folder: `components/${name}`,
    expectedName: name,
    definitions: 'components',
  }));
  const seen = new Set(own.map(({ folder }) => realpathSync(path.join(log.root, folder))));
  const installed = dependencyNames(log).flatMap((name) => {
    const place = installedComponent(log, name);
    return place === undefined || seen.has(realpathSync(path.join(log.root, place.folder))) ? [] : [place];
  });
  return [...own, ...installed];
}

function dependencyNames(log: ReadLog): readonly string[] {
  if (!mayExist(log, 'package.json')) return [];
  const text = readText(log, 'package.json', '');
  if (text === undefined) return [];
  const { value, diagnostics } = parseJson('package.json', text);
  log.diagnostics.push(...diagnostics);
  const manifest = objectOf(value?.value);
  const names = [...Object.keys(objectOf(manifest.dependencies)), ...Object.keys(objectOf(manifest.devDependencies))];
  return [...new Set(names)].filter((name) => packageName.test(name)).sort();
}

/** Any other name leads out of node_modules, or is none that npm installs (https://docs.npmjs.com/cli/configuring-npm/package-json#name). */
const packageName = /^(@[\w.~-]+\/)?[\w~-][\w.~-]*$/;

function installedComponent(log: ReadLog, name: string): ComponentPlace | undefined {
  const folder = `node_modules/${name}`;
  const file = `${folder}/package.json`;
  const component = objectOf(objectOf(readPackage(log, file)).fluxwright).component;
  if (typeof component !== 'string') return undefined;
  const inside = path.posix.join(folder, component).replace(/\/$/, '');
  const fault = placeFault(log, { folder, component, inside });
  if (fault === undefined)
    return { folder: inside, definitions: inside === folder ? folder : path.posix.dirname(inside) };
  const { code, says, help } = fault;
  log.diagnostics.push(
    diagnostic(code, {
      message: `package ${name} names ${says}`,
      primary: { file },
      note: `fluxwright.component is ${JSON.stringify(component)}`,
      help,
    }),
  );
  return undefined;
}

interface PlaceFault {
  readonly code: DiagnosticCode;
  readonly says: string;
  readonly help: string;
}

/** Why the folder that a package names is none of a component: a package may be anybody's. */
function placeFault(
  log: ReadLog,
  { folder, component, inside }: { readonly folder: string; readonly component: string; readonly inside: string },
): PlaceFault | undefined {
  const help = 'name a folder of the package, from its root, with "/": "." or "component"';
  // Nx and the output write paths with "/" alone.
  if (/[\\\p{Cc}]/u.test(component))
    return { code: 'load/invalid-value', says: 'a component folder with a character that a path cannot have', help };
  const outside = { code: 'load/path-escapes', says: 'a component outside of itself', help } as const;
  if (path.posix.isAbsolute(component) || (inside !== folder && !inside.startsWith(`${folder}/`))) return outside;
  const absolute = path.join(log.root, inside);
  if (statSync(absolute, { throwIfNoEntry: false })?.isDirectory() !== true)
    return { code: 'load/missing-manifest', says: 'a component folder that is not there', help };
  const real = path.relative(realpathSync(path.join(log.root, folder)), realpathSync(absolute));
  return real === '..' || real.startsWith(`..${path.sep}`) || path.isAbsolute(real) ? outside : undefined;
}

/** Most dependencies are no components, and a package manager has checked them all: what cannot be read is not ours to report. */
function readPackage(log: ReadLog, file: string): JsonValue {
  try {
    const absolute = path.join(log.root, file);
    // A pipe or a device would never end.
    return statSync(absolute).isFile() ? JSON.parse(readFileSync(absolute, 'utf8')) : null;
  } catch {
    return null;
  }
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {};
}
