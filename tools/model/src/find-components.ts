import { lstatSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { diagnostic } from '@fluxwright/diagnostics';
import { isObject } from './json-path.ts';
import { listFolders } from './list-folder.ts';
import { parseJson } from './parse-json.ts';
import { type ReadLog, readText } from './read-text.ts';
import type { JsonObject, JsonValue } from './source-document.ts';

/** A folder that holds a component. */
export interface ComponentPlace {
  /** From the root. */
  readonly folder: string;
  /** Set for the workspace's own: the folder's name. */
  readonly expectedName?: string;
}

/**
 * The workspace's own components (`components/*`), then those that npm installed: dependencies of the root package.json
 * whose own package.json says `"fluxwright": {"component": "<folder>"}`. A dependency that is a link to a folder of
 * components/ is found once.
 */
export function findComponents(log: ReadLog): readonly ComponentPlace[] {
  const own = listFolders(log, 'components').map((name) => ({ folder: `components/${name}`, expectedName: name }));
  const seen = new Set(own.map(({ folder }) => realpathSync(path.join(log.root, folder))));
  const installed = dependencyNames(log).flatMap((name) => {
    const place = installedComponent(log, name);
    return place === undefined || seen.has(realpathSync(path.join(log.root, place.folder))) ? [] : [place];
  });
  return [...own, ...installed];
}

function dependencyNames(log: ReadLog): readonly string[] {
  if (lstatSync(path.join(log.root, 'package.json'), { throwIfNoEntry: false }) === undefined) return [];
  const text = readText(log, 'package.json', '');
  if (text === undefined) return [];
  const { value, diagnostics } = parseJson('package.json', text);
  log.diagnostics.push(...diagnostics);
  const manifest = objectOf(value?.value);
  const names = [...Object.keys(objectOf(manifest.dependencies)), ...Object.keys(objectOf(manifest.devDependencies))];
  return [...new Set(names)].sort();
}

function installedComponent(log: ReadLog, name: string): ComponentPlace | undefined {
  const folder = `node_modules/${name}`;
  const file = `${folder}/package.json`;
  const component = objectOf(objectOf(readPackage(log, file)).fluxwright).component;
  if (typeof component !== 'string') return undefined;
  const inside = path.posix.normalize(component);
  if (inside !== '..' && !inside.startsWith('../') && !path.posix.isAbsolute(inside)) {
    return { folder: path.posix.join(folder, inside).replace(/\/$/, '') };
  }
  const message = `package ${name} names a component outside of itself`;
  log.diagnostics.push(
    diagnostic('load/path-escapes', {
      message,
      primary: { file },
      note: `fluxwright.component is ${JSON.stringify(component)}`,
    }),
  );
  return undefined;
}

/** Most dependencies are no components, and a package manager has checked them all: what cannot be read is not ours to report. */
function readPackage(log: ReadLog, file: string): JsonValue {
  try {
    return JSON.parse(readFileSync(path.join(log.root, file), 'utf8'));
  } catch {
    return null;
  }
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {};
}
