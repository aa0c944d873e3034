import type { JsonPath, JsonValue } from '@fluxwright/documents';
import { memoText, type Place, placesAt } from '@fluxwright/documents';

/** Text that a pattern gave, and the value of the object that it was taken from. */
export interface PatternText {
  readonly text: string;
  /** [] where the text is literal. */
  readonly path: JsonPath;
}

/** An object, and the place in it that a pattern is read from. */
export interface Standpoint {
  readonly object: JsonValue;
  readonly place: Place;
}

type Choice = { readonly literal: string } | { readonly path: string; readonly isUrl: boolean };
type Part = string | readonly Choice[];

const partsOf = memoText(parse);

/**
 * Evaluates a pattern such as `{metadata.name}-app` or `{.kind|'Issuer'}`: in braces stands the first of some choices that
 * is there, a path of the object, a path of the place where it begins with a dot, or a literal. A path that ends in `@host`
 * gives the host of a URL. Several texts where a path names several values; none where nothing is there.
 */
export function readPattern(pattern: string, standpoint: Standpoint): readonly PatternText[] {
  return partsOf(pattern).reduce<readonly PatternText[]>(
    (texts, part) => {
      if (typeof part === 'string') return texts.map(({ text, path }) => ({ text: text + part, path }));
      const found = firstOf(part, standpoint);
      return texts.flatMap(({ text, path }) =>
        found.map((each) => ({ text: text + each.text, path: path.length > 0 ? path : each.path })),
      );
    },
    [{ text: '', path: [] }],
  );
}

/** The scalar values at a path; one that begins with a dot is read from the place. */
export function readPath(path: string, { object, place }: Standpoint): readonly Place[] {
  if (!path.startsWith('.')) return placesAt(object, path);
  return placesAt(place.value, path).map((each) => ({ ...each, path: [...place.path, ...each.path] }));
}

function parse(pattern: string): readonly Part[] {
  return pattern.split(/(\{[^{}]*\})/).flatMap((piece): Part[] => {
    if (piece === '') return [];
    if (!piece.startsWith('{')) return [piece];
    const choices = piece.slice(1, -1).split('|');
    return [
      choices.map((choice) =>
        choice.startsWith("'")
          ? { literal: choice.slice(1, choice.lastIndexOf("'")) }
          : { path: choice.replace(/@host$/, ''), isUrl: choice.endsWith('@host') },
      ),
    ];
  });
}

function firstOf(choices: readonly Choice[], standpoint: Standpoint): readonly PatternText[] {
  for (const choice of choices) {
    if ('literal' in choice) return [{ text: choice.literal, path: [] }];
    const texts = readPath(choice.path, standpoint).flatMap(({ path, value }) =>
      (typeof value === 'string' && value !== '') || typeof value === 'number'
        ? [{ text: choice.isUrl ? hostOf(String(value)) : String(value), path }]
        : [],
    );
    if (texts.length > 0) return texts;
  }
  return [];
}

/** `store.shop.svc` of `https://user@store.shop.svc.cluster.local:9000/a`: what a cluster calls its own domain is no part of a name. */
function hostOf(url: string): string {
  const host = url.replace(/^[A-Za-z][A-Za-z0-9+.-]*:\/\//, '').split(/[/?#]/, 1)[0] as string;
  return host
    .slice(host.lastIndexOf('@') + 1)
    .replace(/:\d*$/, '')
    .replace(/\.svc\..*$/, '.svc');
}
