import { formatText } from '@fluxwright/diagnostics';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatPlan } from '../src/diff/format-plan.ts';
import { diffCluster } from '../src/diff-cluster.ts';
import { openRemote } from '../src/git/remote-session.ts';
import { claim, fluxFiles, type SampleComponent } from './flux-files.ts';
import { type GitServer, startGitServer } from './git-server.ts';
import { codes, environment, type Files, publishOnce } from './publish-once.ts';
import { sampleTree } from './sample-tree.ts';

let server: GitServer;
beforeAll(async () => {
  server = await startGitServer();
});
afterAll(() => server.close());

const config = (text: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: shop}\ndata: {a: ${text}}\n`;
const release = (name: string): string =>
  `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: shop, namespace: shop}\nspec: {releaseName: ${name}, chartRef: {kind: OCIRepository, name: shop}}\n`;
const source = (chart: string): string =>
  `apiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\nmetadata: {name: shop, namespace: shop}\nspec: {url: oci://example.com/charts/${chart}}\n`;
const set = (service: string): string =>
  `apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db, namespace: shop}\nspec: {serviceName: ${service}, volumeClaimTemplates: [{metadata: {name: data}}]}\n`;

const shop = (objects: Files, spec?: string): Readonly<Record<string, SampleComponent>> => ({
  shop: { objects: { 'configmap-settings.yaml': config('x'), ...objects }, ...(spec !== undefined && { spec }) },
});
const data = { 'persistentvolumeclaim-data.yaml': claim('data') };

describe('publish refuses', () => {
  it.each([
    ['an object that is gone', shop(data), shop({}), 'change/data-loss'],
    ['an object under another name', shop(data), shop({ 'x.yaml': claim('other') }), 'change/data-loss'],
    [
      'another name in the same file',
      shop(data),
      shop({ 'persistentvolumeclaim-data.yaml': claim('x') }),
      'change/data-loss',
    ],
    ['a component that is gone', shop(data), {}, 'change/data-loss'],
    ['a component of another name', { shop: { objects: data } }, { store: { objects: data } }, 'change/data-loss'],
    [
      'a claim that shrinks',
      shop({ 'a.yaml': claim('a', '2Gi') }),
      shop({ 'a.yaml': claim('a') }),
      'change/immutable-field',
    ],
    [
      'a field nobody may change',
      shop({ 'db.yaml': set('a') }),
      shop({ 'db.yaml': set('b') }),
      'change/immutable-field',
    ],
  ])('%s, and the branch stays', async (title, before, after, code) => {
    const name = title.replaceAll(' ', '-');
    const url = server.create(name);
    expect((await publishOnce(url, fluxFiles(before))).status).toBe('published');
    const old = server.git(name, 'rev-parse', 'main');
    expect(codes(await publishOnce(url, fluxFiles(after)))).toEqual([code]);
    expect(server.git(name, 'rev-parse', 'main')).toBe(old);
  });

  it('a file that no list names any more, although it is there', async () => {
    const url = server.create('unlisted');
    const before = fluxFiles(shop(data));
    await publishOnce(url, before);
    const list = 'components/shop/install/kustomization.yaml';
    const after = { ...before, [list]: (before[list] ?? '').replace('  - persistentvolumeclaim-data.yaml\n', '') };
    // The object is still in the tree and nothing applies it: the planner says that it moves out of its FluxKustomization.
    expect(codes(await publishOnce(url, after))).toEqual(['change/data-loss']);
  });

  it('a release with data whose chart changes by its source alone', async () => {
    const url = server.create('chart');
    const files = (chart: string) => fluxFiles(shop({ 'release.yaml': release('shop'), 'source.yaml': source(chart) }));
    const record = { data: { 'components/shop/install/release.yaml': 'the volumes of shop' } };
    await publishOnce(url, files('shop'), { record });
    expect(codes(await publishOnce(url, files('store'), { record }))).toEqual(['change/data-loss']);
  });

  it('and names the object, the place in the branch and the way out', async () => {
    const url = server.create('message');
    await publishOnce(url, fluxFiles(shop(data)));
    const { diagnostics, sources } = await publishOnce(url, fluxFiles(shop({})));
    expect(formatText(diagnostics, { sources: sources ?? new Map() })).toMatchInlineSnapshot(`
      "error[change/data-loss]: PersistentVolumeClaim shop/data is deleted, and with it the data of its volume, where the reclaim policy is Delete
        main:clusters/one/components/shop/install/persistentvolumeclaim-data.yaml:4:9
          4 |   name: data
            |         ^^^^ Kustomization flux-system/shop prunes it
        help: hold it in a commit of its own before: fluxwright publish one --migrate; where the loss is meant, add "PersistentVolumeClaim/shop/data" to spec.acknowledge of the cluster

      1 error
      "
    `);
  });
});

describe('publish takes', () => {
  it.each([
    ['a loss that is acknowledged', shop(data), shop({}), ['PersistentVolumeClaim/shop/data']],
    ['the loss of what holds no data', shop(data), { shop: { objects: data } }, []],
    ['what Flux does not prune', shop(data, 'prune: false'), shop({}, 'prune: false'), []],
    ['a claim that grows', shop({ 'a.yaml': claim('a') }), shop({ 'a.yaml': claim('a', '2Gi') }), []],
    ['a change beside data', shop(data), shop({ ...data, 'configmap-settings.yaml': config('y') }), []],
  ])('%s', async (title, before, after, acknowledge) => {
    const url = server.create(title.replaceAll(' ', '-'));
    await publishOnce(url, fluxFiles(before));
    const outcome = await publishOnce(url, fluxFiles(after), { acknowledge });
    expect(outcome).toMatchObject({ status: 'published', diagnostics: [] });
  });
});

describe('the plan', () => {
  const plan = async (name: string, after: Files, acknowledge: readonly string[] = []) => {
    const url = server.create(name);
    await publishOnce(url, fluxFiles(shop(data)));
    const session = openRemote(url, { environment });
    const tree = sampleTree('one', after);
    const target = { url, branch: 'main', path: 'clusters/one' };
    const { plan } = await diffCluster(session, { cluster: 'one', target, tree: tree.proved, acknowledge });
    session.close();
    tree.remove();
    return plan;
  };

  it('tells the losses in text, Markdown and JSON, and that they are refused', async () => {
    const lossy = await plan('plan', fluxFiles(shop({})));
    const words =
      'is deleted, since Kustomization flux-system/shop prunes it; lost with it: the data of its volume, where the reclaim policy is Delete';
    expect(formatPlan([lossy], 'text')).toContain(`! PersistentVolumeClaim shop/data ${words}; publish refuses this\n`);
    expect(formatPlan([lossy], 'markdown')).toContain(
      `- ⚠️ \`PersistentVolumeClaim shop/data\` \`${words}; publish refuses this\`\n`,
    );
    expect(JSON.parse(formatPlan([lossy], 'json')).plans[0].diff.dangers).toEqual([
      {
        id: { group: '', kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'data' },
        message: words,
        refused: true,
      },
    ]);
  });

  it('tells an acknowledged loss and that it is meant', async () => {
    const { diff } = await plan('meant', fluxFiles(shop({})), ['PersistentVolumeClaim/data']);
    expect(diff.dangers).toMatchObject([{ refused: false, message: expect.stringMatching(/\(acknowledged\)$/) }]);
  });
});
