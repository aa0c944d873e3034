import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countChanges } from '../src/diff/count-changes.ts';
import { isEmptyDiff, type TreeDiff } from '../src/diff/tree-diff.ts';
import { diffCluster } from '../src/diff-cluster.ts';
import { openRemote } from '../src/git/remote-session.ts';
import { type GitServer, startGitServer } from './git-server.ts';
import { environment, type Files, type Once, publishOnce } from './publish-once.ts';
import { sampleTree } from './sample-tree.ts';

let server: GitServer;
beforeAll(async () => {
  server = await startGitServer();
});
afterAll(() => server.close());

const object = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: app}\n';
const files = { 'a.yaml': object, 'provenance.json': '{"a.yaml": "x:1"}\n' };

async function diff(url: string, tree: Files, record?: Once['record']): Promise<TreeDiff> {
  const session = openRemote(url, { environment });
  const sample = sampleTree('one', tree, record);
  const target = { url, branch: 'main', path: 'clusters/one' };
  const { plan } = await diffCluster(session, { cluster: 'one', target, tree: sample.proved, acknowledge: [] });
  session.close();
  sample.remove();
  return plan.diff;
}

/** Commits entries of git-fast-import(1) to the branch, as a person would. */
function edit(name: string, lines: string): void {
  const input = `commit refs/heads/main\ncommitter Ada <ada@example.com> 1 +0000\ndata 4\nEdit\nfrom refs/heads/main^0\n${lines}\n`;
  server.import(name, input);
}
const path = 'clusters/one/a.yaml';
const inline = (text: string, mode = '100644', at = path): string =>
  `M ${mode} inline ${at}\ndata ${Buffer.byteLength(text)}\n${text}`;

describe('what a person changed in the branch is told by diff and put back by publish:', () => {
  it.each([
    ['a comment', inline(`# by hand\n${object}`)],
    ['line ends', inline(object.replaceAll('\n', '\r\n'))],
    ['a mode', inline(object, '100755')],
    ['a link in the place of a file', inline('elsewhere', '120000')],
    ['a submodule', `M 160000 ${'1'.repeat(40)} clusters/one/module`],
    ['a link beside', inline('elsewhere', '120000', 'clusters/one/link')],
    ['a file beside', inline('x\n', '100644', 'clusters/one/notes.txt')],
    ['the record', inline('{}\n', '100644', 'clusters/one/.fluxwright.json')],
    ['provenance', inline('{}\n', '100644', 'clusters/one/provenance.json')],
    ['a file that is gone', `D ${path}`],
  ])('%s', async (title, lines) => {
    const name = title.replaceAll(' ', '-');
    const url = server.create(name);
    await publishOnce(url, files);
    const id = (): string => server.git(name, 'rev-parse', 'main:clusters/one').trim();
    const good = id();
    edit(name, lines);
    const told = await diff(url, files);
    expect(isEmptyDiff(told)).toBe(false);
    expect(countChanges(told)).not.toBe('nothing to do');
    expect((await publishOnce(url, files)).status).toBe('published');
    expect(id()).toBe(good);
    expect(isEmptyDiff(await diff(url, files))).toBe(true);
  });
});

describe('a comment in the sources changes where a tree comes from and nothing that Flux reads:', () => {
  const moved = { ...files, 'provenance.json': '{"a.yaml": "x:2"}\n' };
  const newer = { input: `sha256:${createHash('sha256').update('newer').digest('hex')}` };

  it('diff and publish both have nothing to do', async () => {
    const url = server.create('sources');
    await publishOnce(url, files);
    const before = server.git('sources', 'rev-parse', 'main');
    expect(countChanges(await diff(url, moved, newer))).toBe('nothing to do');
    expect((await publishOnce(url, moved, { record: newer })).status).toBe('unchanged');
    expect(server.git('sources', 'rev-parse', 'main')).toBe(before);
    // The next change brings both along.
    const next = { ...moved, 'a.yaml': object.replace('}', '}\ndata: {a: b}') };
    expect((await publishOnce(url, next, { record: newer })).written).toBe(3);
  });

  it('unless what the branch has is not whole: then it is written', async () => {
    const url = server.create('not-whole');
    await publishOnce(url, files);
    edit('not-whole', inline('{"a.yaml": "somebody:1"}\n', '100644', 'clusters/one/provenance.json'));
    expect(countChanges(await diff(url, moved, newer))).toBe('no object changes, only the record of the tree');
    expect((await publishOnce(url, moved, { record: newer })).status).toBe('published');
  });
});
