import { type Diagnostic, diagnostic, type Span, type Staged } from '@fluxwright/diagnostics';
import { canonicalText, memo } from '@fluxwright/documents';
import {
  type Definition,
  definitionObject,
  isSchema,
  type Json,
  type JsonSchema,
  type RecordedDefinition,
  readBrief,
} from '@fluxwright/kubernetes-schemas';
import {
  type Component,
  type DefinitionFacts,
  type DefinitionFactsSource,
  definitionPlaces,
  type ResolvedCluster,
  readDefinitionFacts,
} from '@fluxwright/model';

/** What was recorded of the definitions of one chart or source. */
export interface RecordedSource {
  readonly source: DefinitionFactsSource;
  /** The line that says where they are from. */
  readonly span: Span;
  /** Why it tells nothing: it is of another chart or source than component.yaml names. */
  readonly stale?: string;
  /** `chart keda 2.20.2`, `https://github.com/kedacore/keda v2.20.2` */
  readonly from: string;
  readonly definitions: readonly KnownDefinition[];
}

/** A definition of which names and types are known. */
export interface KnownDefinition extends Omit<RecordedDefinition, 'versions'> {
  readonly versions: readonly string[];
  /** It as an object, with what was recorded and nothing else. */
  readonly object: JsonSchema;
}

/** What was recorded of the definitions that a component brings; [] where nothing is. */
export const recordedSources = memo((component: Component): Staged<readonly RecordedSource[]> => {
  if (component.definitionFacts === undefined) return { value: [], diagnostics: [] };
  const { value: facts, diagnostics } = readDefinitionFacts(component.definitionFacts);
  if (facts === undefined) return { value: [], diagnostics };
  const found: Diagnostic[] = [...diagnostics];
  const shapes = readText(facts, ['spec', 'shapes'], facts.spec.shapes ?? '{}', found);
  const value = facts.spec.sources.map((source, index): RecordedSource => {
    const path = ['spec', 'sources', index] as const;
    const stale = staleness(source, component);
    const said = readText(facts, [...path, 'definitions'], source.definitions, found);
    return {
      source,
      span: facts.document.locate(path),
      from: source.chart === undefined ? gitTitle(source) : `chart ${source.chart.name} ${source.chart.version}`,
      ...(stale === undefined ? {} : { stale }),
      definitions: readAll({ facts, path: [...path, 'definitions'], found }, said, shapes),
    };
  });
  return { value, diagnostics: found };
});

/** The definitions that were recorded of a cluster's components, and hold for them. */
export const recordedDefinitions = memo(({ components }: ResolvedCluster): readonly KnownDefinition[] =>
  components.flatMap(({ component }) => holding(component)),
);

/** Those of one component. */
export function holding(component: Component): readonly KnownDefinition[] {
  return recordedSources(component).value.flatMap(({ stale, definitions }) => (stale === undefined ? definitions : []));
}

/** The same as schemas are made of, each with who brings it. */
export const recordedSchemas = memo(({ components }: ResolvedCluster): readonly Definition[] =>
  components.flatMap(({ component }) =>
    recordedSources(component).value.flatMap(({ stale, definitions, from }) =>
      stale === undefined ? definitions.map(({ object }) => ({ object, from: `${from} (recorded)` })) : [],
    ),
  ),
);

/** True where a definition at hand has the names and types that were recorded. */
export function isAlike(recorded: JsonSchema, made: JsonSchema): boolean {
  return canonicalText(recorded) === canonicalText(made);
}

function gitTitle({ git = '', ref = {}, path = '' }: DefinitionFactsSource): string {
  return `${git} ${ref.tag ?? ref.commit ?? ''} ${path}`.trim();
}

function staleness(source: DefinitionFactsSource, component: Component): string | undefined {
  const { chart, git, ref, path, license } = source;
  if (chart !== undefined) {
    const { helm } = component.spec;
    const isSame = helm?.chart === chart.name && helm.version === chart.version && helm.repository === chart.repository;
    return isSame ? undefined : `they are of ${chart.name} ${chart.version} from ${chart.repository}`;
  }
  const said = definitionPlaces(component).find(
    (each) => each.git === git && each.path === path && canonicalText(each.ref) === canonicalText(ref as Json),
  );
  if (said === undefined) return `they are of ${gitTitle(source)}`;
  return said.license === undefined || said.license === license ? undefined : `they were recorded as ${license}`;
}

interface Place {
  readonly facts: DefinitionFacts;
  readonly path: readonly (string | number)[];
  readonly found: Diagnostic[];
}

function readText(facts: DefinitionFacts, path: readonly (string | number)[], text: string, found: Diagnostic[]): Json {
  try {
    return readBrief(text);
  } catch (error) {
    found.push(unreadable({ facts, path, found }, (error as Error).message));
    return null;
  }
}

function readAll(place: Place, said: Json, shapes: Json): readonly KnownDefinition[] {
  if (said === null || shapes === null) return [];
  try {
    if (!Array.isArray(said) || !isSchema(shapes)) throw new TypeError('a list of definitions is meant');
    return said.map((each) => readDefinitionEntry(each as Json, shapes));
  } catch (error) {
    place.found.push(unreadable(place, (error as Error).message));
    return [];
  }
}

function readDefinitionEntry(entry: Json, shapes: JsonSchema): KnownDefinition {
  if (!isSchema(entry)) throw new TypeError('a definition is a map');
  const { name, kind, scope, versions } = entry;
  const isNamed = typeof name === 'string' && /^[^.]+\..+$/.test(name) && typeof kind === 'string';
  if (!isNamed || (scope !== 'Namespaced' && scope !== 'Cluster') || !Array.isArray(versions))
    throw new TypeError('a definition has a name, kind, scope and versions');
  const all = versions.filter(isSchema) as readonly JsonSchema[];
  if (all.length !== versions.length || !all.every((each) => typeof each.name === 'string' && each.shape !== undefined))
    throw new TypeError(`a version of ${name} has a name and a shape`);
  const recorded = { name, kind, scope, versions: all } as unknown as RecordedDefinition;
  return {
    name,
    kind,
    scope,
    versions: all.map((each) => String(each.name)),
    object: definitionObject(recorded, shapes),
  };
}

function unreadable({ facts, path }: Place, message: string): Diagnostic {
  return diagnostic('load/wrong-type', {
    message: `${facts.document.file} is not as \`charts facts\` writes it`,
    primary: facts.document.locate(path),
    note: message,
    help: 'take the file of the last commit, or record it anew with `fluxwright charts facts`',
  });
}
