/** Files of a tree by their path in it. */
export type FileSet = ReadonlyMap<string, Buffer>;
