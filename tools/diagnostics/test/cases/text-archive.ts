/** A file of an archive: its name, and its text, which ends with a newline unless it is empty. */
export interface ArchivePart {
  readonly name: string;
  readonly text: string;
}

/** Many small text files as one. */
export interface TextArchive {
  /** What stands before the first file. */
  readonly comment: string;
  readonly parts: readonly ArchivePart[];
}

/**
 * Reads the txtar format (https://pkg.go.dev/golang.org/x/tools/txtar): a comment, then for each file a line
 * `-- name --` and its lines. Every text is an archive; a newline that is missing at the end is added.
 */
export function parseArchive(text: string): TextArchive {
  let comment = '';
  const parts: { name: string; text: string }[] = [];
  for (const line of linesOf(text)) {
    const name = markedName(line);
    const last = parts.at(-1);
    if (name !== undefined) parts.push({ name, text: '' });
    else if (last !== undefined) last.text += `${line}\n`;
    else comment += `${line}\n`;
  }
  return { comment, parts };
}

/** Writes an archive, which {@link parseArchive} reads as the same where no text has a line that is a file's marker. */
export function formatArchive({ comment, parts }: TextArchive): string {
  return comment + parts.map(({ name, text }) => `-- ${name} --\n${text}`).join('');
}

/** The name that a line gives to the lines after it; undefined for a line of text. */
export function markedName(line: string): string | undefined {
  const name = /^-- (.*) --$/su.exec(line)?.[1]?.trim();
  return name === '' ? undefined : name;
}

function linesOf(text: string): readonly string[] {
  const lines = text.split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}
