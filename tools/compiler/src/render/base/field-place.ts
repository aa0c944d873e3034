import type { Span } from '@fluxwright/diagnostics';
import { isObject, type JsonObject, type JsonPath, type JsonValue, valueAt } from '@fluxwright/documents';
import { wholeText } from './inner-text.ts';
import { patchPlace, positionAt } from './patch-place.ts';
import type { SetValue } from './set-value.ts';

/** The place in a kustomization file that a field of it gives a value; undefined where it does not. */
type Field = (set: SetValue) => Span | undefined;

/** What kustomize applies last first (api/internal/target/kusttarget_configplugin.go). */
const fields: readonly Field[] = [
  ...[replacements, images, replicas].map(spanOf),
  (set) => patchPlace('patchesJson6902', set),
  ...[annotations, labels, affixes, namespace].map(spanOf),
  (set) => patchPlace('patches', set),
  (set) => patchPlace('patchesStrategicMerge', set),
  spanOf(generated),
];

/** The line of a kustomization file that set a value, by what its fields do (https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/). */
export function fieldPlace(set: SetValue): Span | undefined {
  for (const field of fields) {
    const found = field(set);
    if (found !== undefined) return found;
  }
  return undefined;
}

function spanOf(pathOf: (set: SetValue) => JsonPath | undefined): Field {
  return (set) => {
    const at = pathOf(set);
    const node = at && positionAt(set.layer.position, at);
    return node && wholeText(set.layer.file).spanOf(node.start, node.children ? 0 : node.end - node.start);
  };
}

function entries({ layer }: SetValue, field: string): readonly (readonly [number, JsonObject])[] {
  const list = layer.value[field];
  if (!Array.isArray(list)) return [];
  return [...list.entries()].filter((entry): entry is [number, JsonObject] => isObject(entry[1])).toReversed();
}

function replacements(set: SetValue): JsonPath | undefined {
  for (const [index, { targets }] of entries(set, 'replacements')) {
    for (const [at, target] of (Array.isArray(targets) ? targets : []).entries()) {
      const paths = isObject(target) && Array.isArray(target.fieldPaths) ? target.fieldPaths : [];
      const found = paths.findIndex((each) => typeof each === 'string' && isFieldPath(each, set));
      if (found >= 0) return ['replacements', index, 'targets', at, 'fieldPaths', found];
    }
  }
  return undefined;
}

/** `spec.containers.[name=web].image`, `spec.ports.0.port`, `*` for any. */
function isFieldPath(text: string, { object, path }: SetValue): boolean {
  const steps = text.match(/\[[^\]]*\]|(?:\\.|[^.[])+/g) ?? [];
  return (
    steps.length === path.length &&
    steps.every((step, index) => {
      const wanted = path[index];
      const pair = /^\[([^=]+)=(.*)\]$/.exec(step);
      if (pair !== null) return String(valueAt(object, [...path.slice(0, index + 1), pair[1] ?? ''])) === pair[2];
      return step === '*' || step.replace(/^\[(.*)\]$/, '$1').replaceAll('\\.', '.') === String(wanted);
    })
  );
}

function images(set: SetValue): JsonPath | undefined {
  if (set.path.at(-1) !== 'image' || typeof set.made !== 'string') return undefined;
  const image = set.made;
  for (const [index, { name, newName, newTag, digest }] of entries(set, 'images')) {
    const repository = newName ?? name;
    if (typeof repository !== 'string' || !(image === repository || /^[:@]/.test(image.slice(repository.length))))
      continue;
    if (!image.startsWith(repository)) continue;
    const part = digest !== undefined ? 'digest' : newTag !== undefined ? 'newTag' : 'newName';
    return ['images', index, part];
  }
  return undefined;
}

function replicas(set: SetValue): JsonPath | undefined {
  if (set.path.join('.') !== 'spec.replicas') return undefined;
  const names = [set.object, set.original].flatMap((each) =>
    each === undefined ? [] : valueAt(each, ['metadata', 'name']),
  );
  const found = entries(set, 'replicas').find(([, { name, count }]) => names.includes(name) && count === set.made);
  return found && ['replicas', found[0], 'count'];
}

function annotations({ layer, path, made }: SetValue): JsonPath | undefined {
  const key = path.at(-1);
  if (path.at(-2) !== 'annotations' || key === undefined) return undefined;
  const at = ['commonAnnotations', key];
  return valueAt(layer.value, at) === made ? at : undefined;
}

/** Labels reach selectors, too. */
function labels(set: SetValue): JsonPath | undefined {
  const { layer, path, made } = set;
  const key = path.at(-1);
  if (key === undefined || !['labels', 'matchLabels', 'selector'].includes(String(path.at(-2)))) return undefined;
  const found = entries(set, 'labels').find(([, { pairs }]) => isObject(pairs) && pairs[key] === made);
  if (found !== undefined) return ['labels', found[0], 'pairs', key];
  const at = ['commonLabels', key];
  return valueAt(layer.value, at) === made ? at : undefined;
}

function affixes({ layer, original, path, made }: SetValue): JsonPath | undefined {
  const { namePrefix, nameSuffix } = layer.value;
  const before = original && valueAt(original, path);
  if (typeof made !== 'string' || typeof before !== 'string' || before === '' || made === before) return undefined;
  if (isText(nameSuffix) && made.endsWith(`${before}${nameSuffix}`)) return ['nameSuffix'];
  return isText(namePrefix) && made.includes(`${namePrefix}${before}`) ? ['namePrefix'] : undefined;
}

function namespace({ layer, path, made }: SetValue): JsonPath | undefined {
  return String(path.at(-1)).toLowerCase() === 'namespace' && layer.value.namespace === made
    ? ['namespace']
    : undefined;
}

/** A ConfigMap that a generator makes: its literal or file, else the entry that asks for it. */
function generated(set: SetValue): JsonPath | undefined {
  if (set.original !== undefined || set.object.kind !== 'ConfigMap') return undefined;
  const name = String(valueAt(set.object, ['metadata', 'name']));
  const found = entries(set, 'configMapGenerator').find(([, each]) => isText(each.name) && name.includes(each.name));
  if (found === undefined) return undefined;
  const [index, entry] = found;
  const key = set.path[0] === 'data' ? String(set.path[1]) : undefined;
  for (const field of key === undefined ? [] : ['literals', 'files']) {
    const list = entry[field];
    const at = Array.isArray(list) ? list.findIndex((each) => isText(each) && keyOf(each) === key) : -1;
    if (at >= 0) return ['configMapGenerator', index, field, at];
  }
  return ['configMapGenerator', index];
}

/** `key=value`, `key=file`, or a file whose name is the key. */
function keyOf(text: string): string {
  const sign = text.indexOf('=');
  return sign < 0 ? text.slice(text.lastIndexOf('/') + 1) : text.slice(0, sign);
}

function isText(value: JsonValue | undefined): value is string {
  return typeof value === 'string' && value !== '';
}
