import { randomBytes } from 'node:crypto';
import { eachRepository } from '../src/each-repository.ts';
import { failedOutcome } from '../src/publish-outcome.ts';
import { publishTree } from '../src/publish-tree.ts';
import { proveTree } from '../src/tree/proved-tree.ts';
import { outputTree, writeFiles } from './sample-tree.ts';

/**
 * Publishes a tree in a process of its own, which a test can kill or starve.
 * Usage: publish-in-child.ts <url> <folder for the tree> <content; `large` is one megabyte that does not compress>
 */
const [url = '', folder = '', content = ''] = process.argv.slice(2);
const text = content === 'large' ? randomBytes(1_000_000).toString('base64') : `value: ${content}\n`;
const files = Object.fromEntries(
  Array.from({ length: 20 }, (_, index) => [`file-${index}.yaml`, index === 0 ? text : `${index} ${content}\n`]),
);
const tree = outputTree('one', files);
writeFiles(folder, tree);
const proved = proveTree(tree, { folder, shown: 'generated/one' });
if (!('read' in proved)) throw new Error(proved[0]?.message);
process.stderr.write('begin\n');
const target = { url, branch: 'main', path: 'clusters/one' };
const [outcome] = await eachRepository([{ cluster: 'one', target }], {
  environment: process.env,
  // As a run in a workspace does: a killed one must leave nothing that the next takes up.
  ...(process.env.CACHE_FOLDER !== undefined && { cacheFolder: process.env.CACHE_FOLDER }),
  idleSeconds: 20,
  work: (session) => publishTree(session, { tree: proved, target }),
  failed: (_, diagnostics) => failedOutcome('one', target, diagnostics),
});
process.stdout.write(
  JSON.stringify({
    status: outcome?.status,
    commit: outcome?.commit,
    codes: outcome?.diagnostics.map(({ code }) => code),
  }),
);
