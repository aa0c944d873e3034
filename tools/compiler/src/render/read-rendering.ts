import type { YamlContent, YamlDocument } from '@fluxwright/documents';
import { emptyMap, isObject, isPlainToAll, type JsonValue } from '@fluxwright/documents';
import type { Rendering } from '../template/render-template.ts';
import type { Piece } from '../template/template-run.ts';

/** YAML of a rendering with the pieces that its offsets refer to. */
export interface ReadRendering extends YamlContent {
  readonly pieces: readonly Piece[];
}

/*
 * Clusters differ in a few words: a domain, a name. Parsing YAML is the dearest step of a compile, so a rendering is
 * parsed with its words replaced by slots, once for all clusters whose renderings differ in those words only, and the
 * words are put back into the strings. This is exact because a word and a slot are the same to YAML: both begin with
 * a letter and hold no character that YAML gives a meaning. Where that reasoning does not reach — a slot in a key, a
 * string that YAML would read as another type, tags of types, any fault — the text itself is parsed.
 */
const word = /^[A-Za-z][A-Za-z0-9]*(?:[._/@-][A-Za-z0-9]+)*$/;
/** Words of several parts within other text that was printed, as names of clusters and domains are; none that is a key. */
const compounds =
  /(?<![A-Za-z0-9!&*%\\])[A-Za-z][A-Za-z0-9]*(?:[._/@-][A-Za-z0-9]+)+(?![A-Za-z0-9]|[._/@-][A-Za-z0-9]|["']?:(?:\s|$))/g;
/** What readers of YAML take for another type than text is seldom a name: with a slot in its place all would be parsed again. */
const typed = /^(?:true|false|yes|no|on|off|y|n|null)$/i;
const slot = /FwSlot(\d+)E/g;
/** Plain text that the core schema reads as another type (https://yaml.org/spec/1.2.2/#103-core-schema). */
const otherType =
  /^(?:null|Null|NULL|true|True|TRUE|false|False|FALSE|~|[-+]?(?:\.inf|\.Inf|\.INF)|\.nan|\.NaN|\.NAN|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)?$/;

/** Reads the YAML of a rendering; `read` is the cached reader. Same documents as reading the text itself. */
export function readRendering(rendering: Rendering, read: (text: string) => YamlContent): ReadRendering {
  const direct = () => ({ ...read(rendering.text), pieces: rendering.pieces });
  const skeleton = skeletonOf(rendering);
  if (skeleton === undefined) return direct();
  const content = read(skeleton.text);
  if (content.faults.length > 0) return direct();
  const documents: YamlDocument[] = [];
  for (const { value, position } of content.documents) {
    const filled = fill(value, skeleton.words);
    if (filled === undefined) return direct();
    documents.push({ value: filled, position });
  }
  return { documents, faults: [], pieces: skeleton.pieces };
}

interface Skeleton {
  readonly text: string;
  readonly words: readonly string[];
  /** The rendering's pieces, with offsets in the skeleton. */
  readonly pieces: readonly Piece[];
}

function skeletonOf({ text, pieces }: Rendering): Skeleton | undefined {
  const words: string[] = [];
  const moved: Piece[] = [];
  let skeleton = '';
  for (const [index, piece] of pieces.entries()) {
    const written = text.slice(piece.start, pieces[index + 1]?.start ?? text.length);
    moved.push({ ...piece, start: skeleton.length });
    skeleton += piece.type === 'print' ? slotted(written, skeleton.at(-1), words) : written;
  }
  const isBeyond = text.includes('FwSlot') || text.includes('!!') || /^%/m.test(text);
  return words.length === 0 || isBeyond ? undefined : { text: skeleton, words, pieces: moved };
}

/** What a statement printed, with slots in the place of its words, which are added to `words`; `before` is the character in front. */
function slotted(written: string, before: string | undefined, words: string[]): string {
  const take = (found: string) => `FwSlot${words.push(found) - 1}E`;
  if (/[!&*%\\]/.test(before ?? '') || typed.test(written)) return written;
  return word.test(written) ? take(written) : written.replace(compounds, take);
}

/** The value with words in the place of slots; undefined where the text itself has to be parsed. */
function fill(value: JsonValue, words: readonly string[]): JsonValue | undefined {
  if (typeof value === 'string') return fillText(value, words);
  if (Array.isArray(value)) return fillList(value, words);
  if (!isObject(value)) return value;
  let changed: Record<string, JsonValue> | undefined;
  for (const [key, item] of Object.entries(value)) {
    const filled = key.includes('FwSlot') ? undefined : fill(item, words);
    if (filled === undefined) return undefined;
    if (filled === item) continue;
    changed ??= Object.assign(emptyMap(), value) as Record<string, JsonValue>;
    changed[key] = filled;
  }
  return changed ?? value;
}

function fillList(value: readonly JsonValue[], words: readonly string[]): JsonValue | undefined {
  const filled = value.map((item) => fill(item, words));
  if (filled.includes(undefined)) return undefined;
  return filled.every((item, index) => item === value[index]) ? value : (filled as JsonValue[]);
}

/** True for a word that is a string to every reader. */
function isText(word: string): boolean {
  return !otherType.test(word) && isPlainToAll(word);
}

function fillText(value: string, words: readonly string[]): string | undefined {
  if (!value.includes('FwSlot')) return value;
  const filled = value.replace(slot, (_, index) => words[Number(index)] as string);
  return isText(filled) ? filled : undefined;
}
