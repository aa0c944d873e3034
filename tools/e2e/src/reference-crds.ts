import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

/** Facts about the real charts, beside the workspace here and in CI. */
export const referenceFolder = resolve(import.meta.dirname, '../../../../shared/reference/charts');

const componentsFolder = resolve(import.meta.dirname, '../../../components');

/** True where the reference data is at hand. */
export function referenceAvailable(): boolean {
  return existsSync(referenceFolder);
}

/**
 * The CRDs of the real charts as YAML texts, one a file; of several channels of one CRD the standard one. Where the reference
 * has a component by another name, or two of ours as one, they are those that the component says it provides.
 */
export function referenceCrds(components: readonly string[]): readonly string[] {
  return components.flatMap((component) => {
    const own = crdsOf(component);
    return own.length > 0 ? own : providedBy(component).flatMap((name) => byName().get(name) ?? []);
  });
}

function crdsOf(folderName: string): readonly string[] {
  const folder = join(referenceFolder, folderName, 'crds');
  if (!existsSync(folder)) return [];
  const standard = join(folder, 'standard');
  const from = existsSync(standard) ? standard : folder;
  return readdirSync(from, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}

/** Names of the definitions that a component of the catalogue brings. */
function providedBy(component: string): readonly string[] {
  const file = join(componentsFolder, component, 'component.yaml');
  if (!existsSync(file)) return [];
  const { spec } = parse(readFileSync(file, 'utf8')) as { spec: { provides?: { crds?: readonly { name: string }[] } } };
  return (spec.provides?.crds ?? []).map(({ name }) => name);
}

let known: ReadonlyMap<string, string> | undefined;

/** Every CRD of the reference, by its name; the first where several charts bring one. */
function byName(): ReadonlyMap<string, string> {
  if (known !== undefined) return known;
  const found = new Map<string, string>();
  const texts = readdirSync(referenceFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .flatMap(crdsOf);
  for (const text of texts.flatMap((each) => each.split(/^---\s*$/m))) {
    const name = /^metadata:\n(?: {2}.*\n)*? {2}name: ["']?([^\s"']+)/m.exec(text)?.[1];
    if (/^kind: CustomResourceDefinition$/m.test(text) && name !== undefined && !found.has(name)) found.set(name, text);
  }
  known = found;
  return found;
}
