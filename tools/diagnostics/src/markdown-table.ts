/** Rows of text as a table of Markdown, the first one its head; ends with a newline. */
export function markdownTable([first = [], ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
  return [line(first), line(first.map(() => '---')), ...rows.map(line)].join('');
}
