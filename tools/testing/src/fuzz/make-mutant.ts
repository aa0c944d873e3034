import type { InputKind } from './input-kind.ts';
import { type DataMutation, dataMutations, schemaMutations } from './mutate-data.ts';
import { templateMutations, textMutations } from './mutate-text.ts';
import { makeRandom } from './random.ts';

/** A file of a workspace with a fault in it. */
export interface Mutant {
  readonly number: number;
  readonly kind: InputKind;
  readonly file: string;
  /** What was done to it. */
  readonly mutations: readonly string[];
  readonly bytes: Uint8Array;
}

/** Files of a workspace that Fluxwright reads, by kind. */
export type InputFiles = ReadonlyMap<InputKind, readonly { readonly file: string; readonly text: string }[]>;

/** Mutant `number` of a seed: the kinds take turns, and each is changed once or twice. The same arguments give the same bytes. */
export function makeMutant(files: InputFiles, seed: number, number: number): Mutant {
  const kinds = [...files.keys()];
  const kind = kinds[number % kinds.length] as InputKind;
  const random = makeRandom(seed * 1_000_003 + number);
  const { file, text } = random.pick(files.get(kind) ?? []);
  const known = Object.entries(mutationsOf(kind));
  let changed = text;
  const done: string[] = [];
  for (let rounds = 1 + random.below(2), tries = 0; done.length < rounds && tries < 20; tries++) {
    const [name, mutate] = random.pick(known);
    const next = mutate(changed, random);
    if (next === undefined || next === changed) continue;
    changed = next;
    done.push(name);
  }
  const bytes = new TextEncoder().encode(changed);
  // One in fifty is no text any more.
  if (bytes.length > 0 && random.below(50) === 0) {
    bytes[random.below(bytes.length)] = random.pick([0x80, 0xff, 0xc3, 0xed]);
    done.push('broken-byte');
  }
  return { number, kind, file, mutations: done, bytes };
}

function mutationsOf(kind: InputKind): Readonly<Record<string, DataMutation>> {
  if (kind === 'template' || kind === 'helm values') return { ...textMutations, ...templateMutations };
  const isSchema = kind === 'values.schema.json' || kind === 'values.defs.json';
  const data = { ...textMutations, ...dataMutations(isSchema || kind === 'package.json') };
  return isSchema ? { ...data, ...schemaMutations } : data;
}
