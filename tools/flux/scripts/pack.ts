import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { preparePackage, restorePackage } from '@fluxwright/wasm-host/build';

const folder = join(import.meta.dirname, '..');
const engine = join(folder, '../flux-render-wasm');
const schemas = join(folder, '../kubernetes-schemas');

if (process.argv.includes('--restore')) {
  await removeShipped();
  await restorePackage(folder);
} else {
  const bundled = await preparePackage(folder);
  await cp(join(engine, 'wasm'), join(folder, 'wasm'), { recursive: true });
  await cp(join(schemas, 'data'), join(folder, 'data'), { recursive: true });
  await cp(join(schemas, 'manifest.json'), join(folder, 'manifest.json'));
  const notices = await Promise.all([engine, schemas].map((each) => readFile(join(each, 'NOTICE'), 'utf8')));
  await writeFile(join(folder, 'NOTICE'), [...notices, ...(await licences(bundled))].join('\n'));
}

/** What the bundled packages read from beside their code, and whose work it is. */
async function removeShipped(): Promise<void> {
  for (const name of ['wasm', 'data', 'manifest.json', 'NOTICE'])
    await rm(join(folder, name), { recursive: true, force: true });
}

/** The licence of each package of others in the bundle. Throws an Error where one ships none. */
async function licences(files: readonly string[]): Promise<readonly string[]> {
  const found = files.flatMap((file) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []);
  return Promise.all(
    [...new Set(found)].sort().map(async (each) => {
      const { name, version } = JSON.parse(await readFile(join(each, 'package.json'), 'utf8'));
      const licence = (await readdir(each)).find((file) => /^licen[cs]e/i.test(file));
      if (licence === undefined) throw new Error(`${name} ${version} ships no licence`);
      return `${name} ${version}\n\n${await readFile(join(each, licence), 'utf8')}`;
    }),
  );
}
