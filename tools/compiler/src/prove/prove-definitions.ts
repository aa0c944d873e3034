import { type Diagnostic, diagnostic, listWords } from '@fluxwright/diagnostics';
import { isObject, type JsonObject, memo } from '@fluxwright/documents';
import { definitionObject, type JsonSchema, readDefinition, type SchemaLookup } from '@fluxwright/kubernetes-schemas';
import type { Component } from '@fluxwright/model';
import type { RenderedCluster, Resource } from '../data/rendered-cluster.ts';
import type { Engines } from '../engines/engines.ts';
import { definitionFolders } from '../facts/definitions-at-hand.ts';
import { isAlike, type KnownDefinition, type RecordedSource, recordedSources } from '../facts/recorded-definitions.ts';

/** More definitions than these are counted. */
const mostNamed = 3;

/**
 * Holds what was recorded of definitions against component.yaml, and against charts and sources at hand: names and types of each
 * are as they say, and none that no schema is known of goes unrecorded (docs/decisions/0076).
 */
export function proveDefinitions(rendered: RenderedCluster, engines: Engines): readonly Diagnostic[] {
  const { cluster, released, charted } = rendered;
  const made = Map.groupBy(
    released.filter(({ kind }) => kind === 'CustomResourceDefinition'),
    ({ origin }) => origin.stage?.component ?? '',
  );
  const { schemas } = engines.schemas.forKubernetes(cluster.spec.kubernetes.version);
  return cluster.components.flatMap(({ component }) => {
    const { value: sources, diagnostics } = recordedSources(component);
    const chart = charted.includes(component.name) ? (made.get(component.name) ?? []) : [];
    const isRecorded = component.facts !== undefined || component.definitionFacts !== undefined;
    return [
      ...diagnostics,
      ...definitionFolders(component, engines).flatMap(({ other }) => other?.diagnostic ?? []),
      ...sources.flatMap((source) => sourceFindings(source, component, { chart, engines })),
      ...(isRecorded ? unrecorded(component, chart, { sources, schemas }) : []),
    ];
  });
}

interface Seen {
  /** What the chart makes, where it is at hand. */
  readonly chart: readonly Resource[];
  readonly engines: Engines;
}

function sourceFindings(recorded: RecordedSource, component: Component, seen: Seen): readonly Diagnostic[] {
  const { stale, definitions, source } = recorded;
  const of = source.chart === undefined ? 'source' : 'chart';
  if (stale !== undefined) return [finding(recorded, component, { message: `are of another ${of}`, note: stale, of })];
  const objects = source.chart === undefined ? folderObjects(recorded, component, seen) : chartObjects(seen);
  const other = definitions.filter((each) => {
    const object = objects.get(each.name);
    return object !== undefined && !isMadeSo(each, object);
  });
  const missing =
    source.chart === undefined && objects.size > 0 ? definitions.filter(({ name }) => !objects.has(name)) : [];
  const all = [
    ...other.map(({ name }) => `${name} is otherwise`),
    ...missing.map(({ name }) => `${name} is not there`),
  ];
  if (all.length === 0) return [];
  return [finding(recorded, component, { message: `are not what the ${of} has`, note: named(all), of })];
}

function chartObjects({ chart }: Seen): ReadonlyMap<string, JsonObject> {
  return new Map(chart.map(({ name, object }) => [name, object]));
}

/** A folder with the digest that was recorded has the same definitions: they are not read. */
function folderObjects(
  { source, definitions }: RecordedSource,
  component: Component,
  { engines }: Seen,
): ReadonlyMap<string, JsonObject> {
  const at = definitionFolders(component, engines).find(({ git, path }) => git === source.git && path === source.path);
  if (at === undefined || at.other?.isRefused === true || at.folder.digest() === source.digest) return new Map();
  const wanted = new Set(definitions.map(({ name }) => name));
  return new Map(
    at.definitions.flatMap((each): [string, JsonObject][] => {
      const object = wanted.has(each.name) ? each.object() : undefined;
      return object === undefined ? [] : [[each.name, object as JsonObject]];
    }),
  );
}

function isMadeSo({ object }: KnownDefinition, made: JsonObject): boolean {
  const said = bareDefinition(made);
  return said === undefined || isAlike(object, said);
}

/** A definition with its names and types alone. Clusters share what a chart makes. */
const bareDefinition = memo((made: JsonObject): JsonSchema | undefined => {
  const read = readDefinition(made as JsonSchema);
  return read && definitionObject(read, {});
});

/** Definitions of the chart at hand that nothing is known of where it is not. */
function unrecorded(
  component: Component,
  chart: readonly Resource[],
  { sources, schemas }: { readonly sources: readonly RecordedSource[]; readonly schemas: SchemaLookup },
): readonly Diagnostic[] {
  const known = new Set(sources.flatMap(({ definitions }) => definitions.map(({ name }) => name)));
  const names = chart.flatMap(({ name, object }) => {
    const read = known.has(name) ? undefined : readNames(object);
    return read?.some(([apiVersion, kind]) => schemas.describe(apiVersion, kind) === undefined) ? [name] : [];
  });
  if (names.length === 0) return [];
  return [
    diagnostic('prove/stale-facts', {
      message: `the chart of component "${component.name}" has definitions that are recorded nowhere`,
      primary: component.manifest.locate(['spec', 'helm', 'version']),
      note: named(names),
      help: `run \`fluxwright charts facts ${component.name}\`: without the chart objects of these kinds are not checked`,
    }),
  ];
}

function readNames({ spec }: JsonObject): readonly (readonly [string, string])[] {
  if (!isObject(spec) || !isObject(spec.names) || !Array.isArray(spec.versions)) return [];
  const { group, names, versions } = spec;
  return versions
    .filter(isObject)
    .filter(({ served }) => served === true)
    .map(({ name }) => [`${group}/${name}`, String(names.kind)] as const);
}

function named(all: readonly string[]): string {
  const rest = all.length - mostNamed;
  return listWords([...all.slice(0, mostNamed), ...(rest > 0 ? [`${rest} more`] : [])], 'and');
}

function finding(
  { span }: RecordedSource,
  { name }: Component,
  { message, note, of }: { readonly message: string; readonly note: string; readonly of: 'chart' | 'source' },
): Diagnostic {
  return diagnostic('prove/stale-facts', {
    message: `the recorded definitions of component "${name}" ${message}`,
    primary: span,
    note,
    help: `run \`fluxwright charts facts ${name}\` with the ${of} at hand`,
  });
}
