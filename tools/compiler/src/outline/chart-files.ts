import { isObject, type JsonObject, parseYaml } from '@fluxwright/documents';
import { parseTarGzip } from 'nanotar';

/** What a packaged chart says of itself, and its default values as text. */
export interface ChartFiles {
  /** Chart.yaml (https://helm.sh/docs/topics/charts/#the-chartyaml-file). */
  readonly meta: JsonObject;
  readonly values: JsonObject;
  readonly valuesText: string;
  /** Its templates as one text, those of subcharts included. */
  readonly templates: string;
}

/** Reads Chart.yaml and values.yaml of a packaged chart, not of its subcharts; undefined where it is no chart. */
export async function readChartFiles(archive: Uint8Array): Promise<ChartFiles | undefined> {
  try {
    const files = await parseTarGzip(archive);
    const textOf = (name: string): string | undefined =>
      files.find((each) => /^[^/]+\//.test(each.name) && each.name.replace(/^[^/]+\//, '') === name)?.text;
    const meta = mapOf('Chart.yaml', textOf('Chart.yaml') ?? '');
    const valuesText = textOf('values.yaml') ?? '';
    const templates = files.flatMap(({ name, text }) => (/(^|\/)templates\//.test(name) ? [text] : [])).join('\n');
    const values = mapOf('values.yaml', valuesText) ?? {};
    return meta === undefined ? undefined : { meta, valuesText, values, templates };
  } catch {
    return undefined;
  }
}

function mapOf(file: string, text: string): JsonObject | undefined {
  const { value } = parseYaml(file, text);
  return value !== undefined && isObject(value.value) ? value.value : undefined;
}
