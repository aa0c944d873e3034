import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { compiledModules, type GuestSource } from './go-build.ts';
import { goRoot } from './standard-overlay.ts';

const licenceFile = /^(licen[cs]e|copying|notice)([-.].*)?$/i;

/**
 * The NOTICE of an engine: every Go module compiled in, with its version and its licence and notice texts (also
 * those of its forked parts) as their authors wrote them, and those of Go itself. Throws an Error for a module without a licence file.
 */
export async function notice(source: GuestSource): Promise<string> {
  const release = /^toolchain go(\S+)$/m.exec(await readFile(join(source.goFolder, 'go.mod'), 'utf8'))?.[1] ?? '';
  const modules = [
    { path: 'Go standard library', version: release, folders: [await goRoot()] },
    ...(await compiledModules(source)),
  ];
  const sections: string[] = [];
  for (const { path, version, folders } of modules) {
    const files = (await Promise.all(folders.map(licenceFiles))).flat();
    if (!files.some((file) => !/^notice/i.test(basename(file)))) throw new Error(`${path} ${version} has no licence`);
    const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
    sections.push([`${path} ${version}`, ...new Set(texts.map(normalise))].join('\n\n'));
  }
  const contents = modules.map(({ path, version }) => `- ${path} ${version}`).join('\n');
  const rule = `\n\n${'='.repeat(100)}\n`;
  return `${source.name}.wasm.zst has code of these projects compiled in:\n\n${contents}${rule}${sections.join(rule)}\n`;
}

async function licenceFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile() && licenceFile.test(entry.name)).map((entry) => entry.name);
  return names.sort().map((name) => join(folder, name));
}

function normalise(text: string): string {
  return text.replaceAll('\r\n', '\n').trimEnd();
}
