/** Files by their path: relative, with slashes, without `.` or `..`. Text is taken as UTF-8. */
export type FileTree = Readonly<Record<string, string | Uint8Array>>;

const encoder = new TextEncoder();

/** The paths of `tree` and, in the same order, their bytes. */
export function flattenTree(tree: FileTree): { files: string[]; parts: Uint8Array[] } {
  const entries = Object.entries(tree);
  return {
    files: entries.map(([path]) => path),
    parts: entries.map(([, content]) => (typeof content === 'string' ? encoder.encode(content) : content)),
  };
}
