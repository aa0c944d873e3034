import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { byPath } from '@fluxwright/documents';
import { parseRecord, recordPath } from '../assemble/file-record.ts';
import type { OutputFile } from '../data/output-tree.ts';

/** The files of a tree on the disk, as its record lists them; [] where the folder is no tree of ours. Follows no symlink. */
export function readTreeFolder(folder: string): readonly OutputFile[] {
  const read = (path: string): OutputFile[] => {
    const text = textOf(folder, path);
    return text === undefined ? [] : [{ path, text }];
  };
  const [record] = read(recordPath);
  const known = record === undefined ? undefined : parseRecord(record.text);
  if (record === undefined || known === undefined) return [];
  const paths = Object.keys(known.files).filter(
    (path) => !path.split('/').some((part) => ['', '.', '..'].includes(part)),
  );
  return [record, ...paths.flatMap(read)].sort(byPath);
}

/** True where the folder holds this very file: its record names the bytes of all others. */
export function isFileOf(folder: string, file: OutputFile | undefined): boolean {
  return file !== undefined && textOf(folder, file.path) === file.text;
}

function textOf(folder: string, path: string): string | undefined {
  const file = join(folder, path);
  return lstatSync(file, { throwIfNoEntry: false })?.isFile() ? readFileSync(file, 'utf8') : undefined;
}
