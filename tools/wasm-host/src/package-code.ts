import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * URL of the code of the package `name` that this process has: `here` where `file` (from there) lies, as it does in the
 * package itself. Code that a bundler has taken into another file finds the package where it was installed. Throws an Error
 * that says what to do where it is nowhere. `here` is the caller's import.meta.url, undefined in a bundle of CommonJS.
 */
export function packageCode(name: string, file: string, here: string | undefined): string {
  const from = here ?? pathToFileURL(typeof __filename === 'string' ? __filename : 'index.js').href;
  if (existsSync(fileURLToPath(new URL(file, from)))) return from;
  try {
    return pathToFileURL(createRequire(from).resolve(name)).href;
  } catch (cause) {
    const advice = `bundle your code with --external:${name}, or keep node_modules/${name} beside the bundle`;
    throw new Error(`${name} does not find the files it came with: ${advice}`, { cause });
  }
}
