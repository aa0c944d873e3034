import { createHash } from 'node:crypto';
import type { OutputFile } from '../data/output-tree.ts';

/** The name of the record in a cluster's output folder. */
export const recordPath = '.fluxwright.json';

/** The name of the file that says where every object and value came from. */
export const provenancePath = 'provenance.json';

/** What .fluxwright.json holds: which files of the folder are Fluxwright's, and what they were made from. */
export interface FileRecord {
  /** Name of the cluster the folder is of; absent in records of older compilers. */
  readonly cluster?: string;
  /** Version of the compiler. */
  readonly compiler: string;
  /** Digest of everything the tree was made from: `sha256:<hex>`. */
  readonly input: string;
  /** Components that are there only because others require them, sorted: the next change tells what becomes of the others. */
  readonly required?: readonly string[];
  /** Path from the cluster's output folder → `sha256:<hex>` of its bytes; the record itself is not in it. */
  readonly files: Readonly<Record<string, string>>;
  /** Path of an object's file → what is lost with the object: what the next change of the tree is held against. */
  readonly data?: Readonly<Record<string, string>>;
  /** Path of a HelmRelease → workload → size of its volume, so that the next change can tell whether one would shrink. */
  readonly volumes?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The record of the files as a file of the tree. `files` must be sorted by path. */
export function recordFile(files: readonly OutputFile[], made: Omit<FileRecord, 'files'>): OutputFile {
  const digests = files.map(({ path, text }) => `    ${JSON.stringify(path)}: "${digest(text)}"`);
  const owner = made.cluster === undefined ? '' : `  "cluster": ${JSON.stringify(made.cluster)},\n`;
  const head = `${owner}  "compiler": ${JSON.stringify(made.compiler)},\n  "input": ${JSON.stringify(made.input)},`;
  const required = made.required === undefined ? '' : `\n  "required": ${JSON.stringify(made.required)},`;
  const losses = Object.entries(made.data ?? {}).map(
    ([path, lost]) => `    ${JSON.stringify(path)}: ${JSON.stringify(lost)}`,
  );
  const data = losses.length === 0 ? '' : `\n  "data": {\n${losses.join(',\n')}\n  },`;
  const sizes = Object.entries(made.volumes ?? {}).map(
    ([path, each]) => `    ${JSON.stringify(path)}: ${JSON.stringify(each)}`,
  );
  const volumes = sizes.length === 0 ? '' : `\n  "volumes": {\n${sizes.join(',\n')}\n  },`;
  return {
    path: recordPath,
    text: `{\n${head}${required}${data}${volumes}\n  "files": {\n${digests.join(',\n')}\n  }\n}\n`,
  };
}

/** The record in a text; undefined where the text is none, e.g. after a merge left conflict marks in it. */
export function parseRecord(text: string): FileRecord | undefined {
  try {
    const record = JSON.parse(text) as Partial<FileRecord> | null;
    const { cluster, compiler, input, required, files, data, volumes } = record ?? {};
    if (typeof compiler !== 'string' || typeof input !== 'string' || typeof files !== 'object') return undefined;
    return {
      ...(typeof cluster === 'string' && { cluster }),
      compiler,
      input,
      ...(Array.isArray(required) && { required }),
      files,
      ...(typeof data === 'object' && { data }),
      ...(typeof volumes === 'object' && volumes !== null && { volumes }),
    };
  } catch {
    return undefined;
  }
}

/** `sha256:<hex>` of a text's UTF-8 bytes. */
export function digest(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
