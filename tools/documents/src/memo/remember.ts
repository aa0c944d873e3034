const remembered = new Map<string, { readonly text: string; readonly result: unknown }>();

/**
 * The result of reading a text, made anew only where the text has changed since the last call for this file and purpose:
 * Nx's daemon loads the same workspace again and again. The result must depend on nothing else.
 */
export function remember<T>(purpose: string, file: string, text: string, read: () => T): T {
  const key = `${purpose}\0${file}`;
  const known = remembered.get(key);
  if (known?.text === text) return known.result as T;
  const result = read();
  remembered.set(key, { text, result });
  return result;
}
