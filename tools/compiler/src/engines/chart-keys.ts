import { isObject, type JsonObject, type JsonPath, type JsonValue, parseYaml } from '@fluxwright/documents';
import { parseTarGzip } from 'nanotar';
import type { PackagedChart } from './chart-library.ts';

/** The values that a packaged chart knows. */
export interface ChartKeys {
  /** Paths of given values that nothing in the chart names, each as far as the key that is not known. */
  readonly unknown: (values: JsonObject) => readonly JsonPath[];
}

const opened = new WeakMap<Uint8Array, Promise<ChartKeys>>();

/** Reads which values a chart knows, once for each chart. */
export function chartKeys({ archive }: PackagedChart): Promise<ChartKeys> {
  const made = opened.get(archive) ?? readKeys(archive);
  opened.set(archive, made);
  return made;
}

/** Everything that may name a value, subcharts included. */
interface ChartTexts {
  readonly templates: string;
  /** values.yaml, for its comments, and values.schema.json. */
  readonly values: string;
}

interface ChartText {
  /** Defaults as values.yaml has them; undefined where it says none: such a chart tells nobody its keys. */
  readonly defaults: JsonObject | undefined;
  readonly subcharts: ReadonlyMap<string, ChartText>;
  readonly text: ChartTexts;
}

async function readKeys(archive: Uint8Array): Promise<ChartKeys> {
  const chart = await readChart(archive).catch(() => undefined);
  return { unknown: (values) => (chart === undefined ? [] : unknownIn(values, { chart, above: chart.text })) };
}

async function readChart(archive: Uint8Array): Promise<ChartText> {
  const files = await parseTarGzip(archive);
  return chartOf(
    new Map(files.flatMap(({ name, data }) => (data === undefined ? [] : [[name.replace(/^[^/]+\//, ''), data]]))),
  );
}

async function chartOf(files: ReadonlyMap<string, Uint8Array>): Promise<ChartText> {
  const textOf = (name: string): string => Buffer.from(files.get(name) ?? []).toString('utf8');
  const folders = Map.groupBy(
    [...files].filter(([name]) => name.startsWith('charts/')),
    ([name]) => name.split('/')[1] as string,
  );
  const subcharts = await Promise.all(
    [...folders].map(async ([name, entries]): Promise<readonly [string, ChartText]> => {
      const [first] = entries;
      const own = name.endsWith('.tgz') && first !== undefined ? await readChart(first[1]) : undefined;
      const below = entries.map(([file, data]) => [file.split('/').slice(2).join('/'), data] as const);
      return [name.replace(/-v?\d+\.\d+\.\d+.*\.tgz$/, ''), own ?? (await chartOf(new Map(below)))];
    }),
  );
  const named = new Map(subcharts);
  const meta = mapOf('Chart.yaml', textOf('Chart.yaml'));
  for (const each of Array.isArray(meta?.dependencies) ? meta.dependencies : []) {
    const { name, alias } = isObject(each) ? each : {};
    const chart = named.get(String(name));
    if (typeof alias === 'string' && chart !== undefined) named.set(alias, chart);
  }
  const texts = (form: RegExp, part: keyof ChartTexts): string =>
    [
      ...[...files.keys()].filter((name) => form.test(name)).map(textOf),
      ...subcharts.map(([, { text }]) => text[part]),
    ].join('\n');
  return {
    defaults: mapOf('values.yaml', textOf('values.yaml')),
    subcharts: named,
    text: {
      templates: texts(/^templates\//, 'templates'),
      values: texts(/^values\.(yaml|schema\.json)$/, 'values'),
    },
  };
}

function mapOf(file: string, text: string): JsonObject | undefined {
  const { value } = parseYaml(file, text);
  return value !== undefined && isObject(value.value) && Object.keys(value.value).length > 0 ? value.value : undefined;
}

interface Level {
  readonly chart: ChartText;
  /** Text of the outermost chart: a parent reads values of its subcharts. */
  readonly above: ChartTexts;
}

/** Helm gives a subchart what stands under its name, and to all what stands under `global`. */
function unknownIn(values: JsonObject, { chart, above }: Level): readonly JsonPath[] {
  const { defaults, subcharts, text } = chart;
  // Where all values are handed on as one, a template names them as it likes.
  const areHandedOn = /\.Values(?![.\w])(?! ")/.test(text.templates);
  return Object.entries(values).flatMap(([key, value]): readonly JsonPath[] => {
    if (key === 'global' || key === 'enabled' || key === 'tags') return [];
    const below = subcharts.get(key);
    if (below !== undefined && isObject(value)) {
      const inside = unknownIn(value, { chart: below, above });
      const own = defaults?.[key];
      return inside.filter(([first]) => !(isObject(own) && String(first) in own)).map((path) => [key, ...path]);
    }
    if (defaults === undefined) return [];
    if (Object.hasOwn(defaults, key)) return unknownBelow(value, defaults[key], ['Values', key], above);
    const isNamed = areHandedOn ? names(key, above) : namesAtTop(key, above);
    return isNamed ? [] : [[key]];
  });
}

/** In a map of the defaults that has keys. One without, or that is handed on as one, is free: labels, resources, settings of a program. */
function unknownBelow(
  value: JsonValue,
  own: JsonValue | undefined,
  path: readonly string[],
  text: ChartTexts,
): readonly JsonPath[] {
  if (!isObject(value) || own === undefined || !isObject(own) || Object.keys(own).length === 0) return [];
  if (isFree(own) || isHandedOn(path, text.templates)) return [];
  return Object.entries(value).flatMap(([key, each]): readonly JsonPath[] => {
    const below = [...path, key];
    if (Object.hasOwn(own, key)) return unknownBelow(each, own[key], below, text);
    return names(key, text) ? [] : [below.slice(1)];
  });
}

/** `toYaml .Values.resources`, `with .Values.image`. Where no template says the whole of its name, `.resources` alone. */
function isHandedOn(path: readonly string[], text: string): boolean {
  const [key = ''] = path.slice(-1).map(escaped);
  const both = path.slice(-2).map(escaped).join('\\.');
  if (new RegExp(`"${key}"|\\b${both}(?![.\\w])`).test(text)) return true;
  return !new RegExp(`\\b${both}\\b`).test(text) && new RegExp(`\\.${key}(?![.\\w])`).test(text);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

/** A map whose keys are names that people choose, such as node labels or annotations: no template can name them all. */
function isFree(map: JsonObject): boolean {
  return Object.keys(map).some((key) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(key));
}

function namesAtTop(key: string, { templates, values }: ChartTexts): boolean {
  const word = escaped(key);
  return (
    new RegExp(`\\b[vV]alues\\.${word}\\b|"${word}"`).test(templates) ||
    new RegExp(`"${word}"|^#+ ?${word}:`, 'm').test(values)
  );
}

function names(key: string, { templates, values }: ChartTexts): boolean {
  const word = escaped(key);
  return new RegExp(`\\.${word}\\b|"${word}"`).test(templates) || new RegExp(`"${word}"|\\b${word}:`).test(values);
}
