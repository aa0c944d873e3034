import { definitionFolders, type Line, recordedSources } from '@fluxwright/compiler';
import { compactYaml, type JsonObject, type JsonValue } from '@fluxwright/documents';
import {
  definedSchemas,
  haveSameTypes,
  type Json,
  type JsonSchema,
  type RecordedDefinition,
  recordDefinitions,
  type SchemaLookup,
  supportedVersions,
  writeBrief,
} from '@fluxwright/kubernetes-schemas';
import { type Component, type DefinitionFactsSource, definitionPlaces, readLock, sourceKey } from '@fluxwright/model';

/** What a chart at hand makes, and what it is. */
export interface ChartDefinitions {
  readonly chart: NonNullable<DefinitionFactsSource['chart']>;
  readonly definitions: readonly JsonObject[];
}

export interface RecordedDefinitionFacts {
  /** Of crds.facts.yaml; absent where nothing is to be recorded. */
  readonly text?: string;
  /** What was found, in words; [] where there is nothing to say. */
  readonly says: readonly string[];
}

/** Where definitions were read. */
type Place = Omit<DefinitionFactsSource, 'definitions'>;

/** A place with the definitions that are recorded of it. */
interface Found {
  readonly place: Place;
  readonly objects: readonly JsonSchema[];
}

/**
 * Names and types of the custom kinds that a component brings and the set of schemas has not, or has otherwise: of its chart, of its
 * source, and of the other places that component.yaml names. What was recorded of a place that is not at hand, and still holds, stays.
 */
export function recordDefinitionFacts(
  { workspace, engines }: Pick<Line, 'workspace' | 'engines'>,
  component: Component,
  chart: ChartDefinitions | undefined,
): RecordedDefinitionFacts {
  const { spec, name } = component;
  const folders = definitionFolders(component, engines).filter(({ other }) => other?.isRefused !== true);
  const commits = lockedCommits(workspace.root);
  const license = spec.license ?? 'NOASSERTION';
  const atHand: readonly Found[] = [
    ...(chart === undefined
      ? []
      : [{ place: { chart: chart.chart, license }, objects: chart.definitions as readonly JsonSchema[] }]),
    ...folders.map(({ git, ref, path, license: own, folder, definitions }): Found => {
      const commit = 'commit' in ref ? undefined : commits.get(sourceKey({ git, ref, path }));
      return {
        place: {
          git,
          ref,
          ...(commit === undefined ? {} : { commit }),
          path,
          digest: folder.digest(),
          license: own ?? license,
        },
        objects: definitions.map((each) => each.object()).filter((each) => each !== undefined),
      };
    }),
  ];
  const { schemas } = engines.schemas.forKubernetes(supportedVersions()[0] as string);
  const kept = keptSources(component, atHand);
  const found = withoutDoubles([...atHand, ...kept].map((each) => ({ ...each, objects: unknownOf(each, schemas) })));
  const away = placesAway(component, atHand);
  const count = found.reduce((sum, { objects }) => sum + objects.length, 0);
  const says = [
    ...(count === 0 ? [] : [`${count} ${count === 1 ? 'definition' : 'definitions'}`]),
    ...away.map((place) => `not at hand: ${place}`),
  ];
  return count === 0 ? { says } : { says, text: factsText(name, found) };
}

function keptSources(component: Component, atHand: readonly Found[]): readonly Found[] {
  const places = new Set(atHand.map(({ place }) => placeKey(place)));
  return recordedSources(component).value.flatMap(({ source, stale, definitions }) => {
    const { definitions: _, ...place } = source;
    if (stale !== undefined || places.has(placeKey(place))) return [];
    return [{ place, objects: definitions.map(({ object }) => object) }];
  });
}

function placeKey({ chart, git, path }: Pick<Place, 'chart' | 'git' | 'path'>): string {
  return chart === undefined ? `${git} ${path}` : 'chart';
}

function placesAway(component: Component, atHand: readonly Found[]): readonly string[] {
  const places = new Set(atHand.map(({ place }) => placeKey(place)));
  return definitionPlaces(component)
    .filter((each) => !places.has(placeKey(each)))
    .map(sourceKey);
}

/** Definitions with a kind that the set does not know, or knows with other names or types. */
function unknownOf({ objects }: Found, schemas: SchemaLookup): readonly JsonSchema[] {
  return objects.filter((object) => {
    const own = definedSchemas([{ object, from: '' }], schemas);
    return own.listKinds().some(({ apiVersion, kind }) => {
      const [known, made] = [schemas.schema(apiVersion, kind), own.schema(apiVersion, kind)];
      return known === undefined || made === undefined || !haveSameTypes(known, made);
    });
  });
}

/** A definition of the chart may lie in a further place, too. */
function withoutDoubles(found: readonly Found[]): readonly Found[] {
  const seen = new Set<string>();
  return found.flatMap(({ place, objects }) => {
    const own = objects.filter((each) => {
      const name = nameOf(each);
      return !seen.has(name) && seen.add(name);
    });
    return own.length === 0 ? [] : [{ place, objects: own }];
  });
}

function nameOf({ metadata }: JsonSchema): string {
  return String((metadata as JsonSchema | undefined)?.name);
}

function lockedCommits(root: string): ReadonlyMap<string, string> {
  return new Map((readLock(root).value?.sources ?? []).map((each) => [sourceKey(each), each.commit]));
}

const head = `# Names and types of the custom kinds that the component brings and our set of schemas has not. \`fluxwright charts facts\` writes it:
# review it, and edit nothing. How it is read: docs/decisions/0076.
`;

/** The text of crds.facts.yaml: equal definitions give equal bytes. */
function factsText(component: string, found: readonly Found[]): string {
  const { definitions, shapes } = recordDefinitions(found.flatMap(({ objects }) => objects));
  const byName = new Map<string, RecordedDefinition>(definitions.map((each) => [each.name, each]));
  const top = compactYaml({
    apiVersion: 'fluxwright.dev/v1',
    kind: 'DefinitionFacts',
    metadata: { name: component },
  });
  const sources = found.map(({ place, objects }) => {
    const own = objects.flatMap((each) => byName.get(nameOf(each)) ?? []);
    const [first = '', ...others] = compactYaml(place as unknown as JsonObject)
      .trimEnd()
      .split('\n');
    const said = block(own as unknown as JsonValue, '        ');
    return [`    - ${first}`, ...others.map((line) => `      ${line}`), `      definitions: |\n${said}`].join('\n');
  });
  const shared = Object.keys(shapes).length === 0 ? '' : `  shapes: |\n${block(shapes as JsonValue, '    ')}\n`;
  return `${head}${top}spec:\n  sources:\n${sources.join('\n')}\n${shared}`;
}

function block(value: JsonValue, indent: string): string {
  const lines = writeBrief(value as Json)
    .trimEnd()
    .split('\n');
  return lines.map((line) => `${indent}${line}`).join('\n');
}
