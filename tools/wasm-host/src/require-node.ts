/** Since this release Node unpacks zstd (https://nodejs.org/docs/latest-v22.x/api/zlib.html). */
const least = [22, 15] as const;

/** Throws an Error that says so where this Node is too old for the engines; nothing that it lacks may be imported by name. */
export function requireNode(version = process.versions.node): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > least[0] || (major === least[0] && minor >= least[1])) return;
  throw new Error(`this package needs Node ${least.join('.')} or newer, and this is Node ${version}`);
}
