import { posix } from 'node:path';
import type { Span } from '@fluxwright/diagnostics';
import type { NodePosition, YamlDocument } from '@fluxwright/documents';
import { isObject, type JsonObject, type JsonPath, type JsonValue, valueAt } from '@fluxwright/documents';
import { pathIn } from '@fluxwright/kubernetes';
import { type InnerText, scalarText, wholeText } from './inner-text.ts';
import type { SetValue } from './set-value.ts';

/** The line of a patch that set a value: of the last entry of `patches` and its older forms that says it. */
export function patchPlace(field: string, set: SetValue): Span | undefined {
  const entries = set.layer.value[field];
  if (!Array.isArray(entries)) return undefined;
  for (const [index, entry] of [...entries.entries()].toReversed()) {
    const found = entryPlace(entry, [field, index], set);
    if (found !== undefined) return found;
  }
  return undefined;
}

function entryPlace(entry: JsonValue, at: JsonPath, set: SetValue): Span | undefined {
  const inner = textOf(entry, at, set);
  if (inner === undefined) return undefined;
  const target = isObject(entry) && isObject(entry.target) ? entry.target : undefined;
  if (target !== undefined && !fits(target, set)) return undefined;
  const places = set.read(inner.text).map((document) => {
    if (Array.isArray(document.value)) return operationPlace(document, set);
    return target !== undefined || isOf(document.value, set) ? mergePlace(document, set) : undefined;
  });
  const found = places.findLast((place) => place !== undefined);
  return found && inner.spanOf(found.start, found.children ? 0 : found.end - found.start);
}

/** `{patch: text}`, `{path: file}`, or the text or file itself, as in patchesStrategicMerge. */
function textOf(entry: JsonValue, at: JsonPath, { layer, files }: SetValue): InnerText | undefined {
  const said = isObject(entry) ? (entry.patch ?? entry.path) : entry;
  if (typeof said !== 'string') return undefined;
  const file = files.get(posix.join(layer.folder, said));
  if (file !== undefined && !(isObject(entry) && entry.patch !== undefined)) return wholeText(file);
  const node = positionAt(layer.position, isObject(entry) ? [...at, 'patch'] : at);
  return node && scalarText(layer.file, node, said);
}

/** kustomize anchors the expressions of a target and holds them against the old name and the new one. */
function fits({ kind, name, namespace, group, version }: JsonObject, { object, original }: SetValue): boolean {
  const [apiGroup, apiVersion] = groupAndVersion(object);
  const pairs: readonly (readonly [JsonValue | undefined, readonly unknown[]])[] = [
    [kind, [object.kind]],
    [group, [apiGroup]],
    [version, [apiVersion]],
    [name, [valueAt(object, ['metadata', 'name']), original && valueAt(original, ['metadata', 'name'])]],
    [namespace, [valueAt(object, ['metadata', 'namespace']), original && valueAt(original, ['metadata', 'namespace'])]],
  ];
  return pairs.every(
    ([wanted, said]) =>
      typeof wanted !== 'string' || wanted === '' || said.some((each) => isMatch(wanted, String(each ?? ''))),
  );
}

function isMatch(expression: string, text: string): boolean {
  try {
    return new RegExp(`^(?:${expression})$`).test(text);
  } catch {
    return expression === text;
  }
}

function isOf(patch: JsonValue, { object, original }: SetValue): boolean {
  if (!isObject(patch) || patch.kind !== object.kind) return false;
  const name = valueAt(patch, ['metadata', 'name']);
  return [object, original].some((each) => each !== undefined && valueAt(each, ['metadata', 'name']) === name);
}

function mergePlace({ value, position }: YamlDocument, { object, path, made }: SetValue): NodePosition | undefined {
  const at = pathIn(value, object, path);
  if (at === undefined || JSON.stringify(valueAt(value, at)) !== JSON.stringify(made)) return undefined;
  return positionAt(position, at);
}

/** RFC 6902. Indexes shift while operations run, so of a list only the value tells. */
function operationPlace({ value, position }: YamlDocument, set: SetValue): NodePosition | undefined {
  const { path, made } = set;
  for (const [index, operation] of [...(value as readonly JsonValue[]).entries()].toReversed()) {
    if (!isObject(operation) || typeof operation.path !== 'string') continue;
    const steps = operation.path
      .split('/')
      .slice(1)
      .map((each) => each.replaceAll('~1', '/').replaceAll('~0', '~'));
    const reaches = steps.length <= path.length && steps.every((step, at) => isStep(step, path[at]));
    if (!reaches) continue;
    const rest = path.slice(steps.length);
    if (operation.value === undefined) return positionAt(position, [index]);
    if (JSON.stringify(valueAt(operation.value, rest)) === JSON.stringify(made))
      return positionAt(position, [index, 'value', ...rest]);
  }
  return undefined;
}

function isStep(step: string, of: string | number | undefined): boolean {
  return typeof of === 'number' ? step === '-' || /^\d+$/.test(step) : step === of;
}

function groupAndVersion({ apiVersion }: JsonObject): readonly [string, string] {
  const parts = String(apiVersion).split('/');
  return parts.length === 1 ? ['', parts[0] ?? ''] : [parts[0] ?? '', parts[1] ?? ''];
}

/** The node at a path; undefined where the document ends before. */
export function positionAt(position: NodePosition, path: JsonPath): NodePosition | undefined {
  return path.reduce<NodePosition | undefined>((at, step) => at?.children?.get(step), position);
}
