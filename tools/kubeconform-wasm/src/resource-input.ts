/** A Kubernetes object, or text or UTF-8 bytes of a YAML or JSON stream, as a file would hold. */
export type ResourceInput = object | string | Uint8Array;
