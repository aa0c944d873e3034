/** The image that a flag of a program names: `--acme-http01-solver-image=registry.example.com/solver:1`. */
export function imageOfFlag(flag: string): string | undefined {
  return /image[^=\s]*=(\S+)$/i.exec(flag)?.[1];
}

/** True for the name of a variable that holds an image, which a program starts later: `RELATED_IMAGE_DB`. */
export function isImageVariable(name: unknown): boolean {
  return typeof name === 'string' && /(^|_)IMAGE(_|$)/i.test(name);
}
