/**
 * The first sentence of the comment above each key of a values.yaml, by the path of the key with dots. A comment stands directly above its
 * key; helm-docs begins it with `--` (https://github.com/norwoodj/helm-docs#valuesyaml-metadata), and lines with @ are for tools.
 */
export function valueComments(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const path: { readonly indent: number; readonly key: string }[] = [];
  let comment: string[] = [];
  for (const line of text.split('\n')) {
    const said = /^\s*# ?(.*)$/.exec(line)?.[1];
    if (said !== undefined) {
      comment.push(said);
      continue;
    }
    const [, space = '', key] = /^( *)([A-Za-z_][\w.-]*):(?:\s|$)/.exec(line) ?? [];
    if (key !== undefined) {
      while ((path.at(-1)?.indent ?? -1) >= space.length) path.pop();
      path.push({ indent: space.length, key });
      const sentence = sentenceOf(comment);
      if (sentence !== '') found.set(path.map((step) => step.key).join('.'), sentence);
    }
    comment = [];
  }
  return found;
}

function sentenceOf(lines: readonly string[]): string {
  const start = lines.findLastIndex((line) => line.startsWith('-- ')) + 1;
  const own = (start > 0 ? lines.slice(start - 1) : lines).map((line) => line.replace(/^-- (\([^)]*\) )?/, ''));
  const text = own
    .filter((line) => !/^\s*@|^[-=#]*$/.test(line))
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
  const sentence = /^.*?[.!?](?= |$)/.exec(text)?.[0] ?? text;
  return sentence.length > 200 ? '' : sentence;
}
