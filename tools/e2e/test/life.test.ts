import { type FluxTree, fluxHappenings, fluxTree, type Simulation, simulateTree } from '@fluxwright/flux';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  awaitTree,
  beginLife,
  clockOf,
  copyWorkspace,
  dataIdentities,
  deletionsOf,
  failuresOf,
  givenIn,
  goneTooEarly,
  happeningsOf,
  type KubernetesObject,
  keyReferences,
  type Life,
  lackingKeys,
  observedPath,
  operatorFinalizer,
  readApplied,
  readBy,
  referenceAvailable,
  type Stack,
  stackAvailable,
  startStack,
  stopStack,
  type Tree,
  tooEarly,
  until,
  vainLooks,
  type WorkspaceCopy,
  wakesBetween,
  withoutKustomizations,
  wrongLeftovers,
} from '../src/index.ts';

const cluster = 'hetzner-fsn1';
const manifest = `clusters/${cluster}/cluster.yaml`;
/** With every data service: twice the objects, and more than twice the time. */
const isWhole = process.env.FLUXWRIGHT_LIFE === 'whole';
const mirrored = ['hetzner-fsn1', 'hetzner-nbg1'].map((name) => ({
  file: `clusters/${name}/cluster.yaml`,
  repository: `platform/${name}`,
}));
const platform = 'products/platform/product.yaml';

/** The tree as the compiler reads it. */
const asFlux = (tree: Tree): FluxTree =>
  fluxTree(
    [...tree.files].map(([path, text]) => ({ path, text })),
    { cluster, shown: `generated/${cluster}` },
  );
const edges = (tree: FluxTree) => new Map([...tree.nodes.values()].map(({ key, dependsOn }) => [key, dependsOn]));

/**
 * One cluster from its first commit to its last, with real etcd, API server, scheduler, Gitea, source- and kustomize-controller. Each
 * test goes on where the one before it ended. What is no proof here: helm-controller is played by a stand-in, charts
 * by stand-ins with the CRDs of the real ones and the workloads that components declare, operators by a loop
 * ({@link playOperators}), storage drivers by another, kubelets by kwok. To the sample cluster two components are added that keep
 * data in each way a component can (fixtures/ledger), and one that asks for a service of each kind (fixtures/shop).
 */
describe.skipIf(!stackAvailable() || !referenceAvailable())(
  'the life of a cluster on a real control plane (skipped without ../shared)',
  () => {
    let stack: Stack;
    let workspace: WorkspaceCopy;
    let life: Life;

    const fluxwright = async (...args: string[]): Promise<string> => {
      const { code, stdout, stderr } = await workspace.fluxwright(...args);
      if (code !== 0) throw new Error(`fluxwright ${args.join(' ')}: exit ${code}\n${stderr}`);
      return stdout;
    };
    const simulate = async (...args: string[]): Promise<Simulation> =>
      JSON.parse(await fluxwright('simulate', cluster, '--format', 'json', ...args));
    /** Publishes a tree, and holds what each FluxKustomization then did against what the simulator says of the commit. */
    const publish = async (tree: Tree): Promise<number> => {
      const old = asFlux(life.tree());
      const before = await readApplied(life.api);
      const since = await life.publish(tree);
      const { wakes } = simulateTree(asFlux(tree), old);
      expect(wakesBetween(before, await readApplied(life.api))).toEqual(wakes);
      return since;
    };
    /** Names of what was made anew or is gone. */
    const lostSince = async (before: Readonly<Record<string, string>>): Promise<readonly string[]> => {
      const now = await dataIdentities(life.api);
      return Object.keys(before).filter((name) => now[name] !== before[name]);
    };

    beforeAll(async () => {
      workspace = await copyWorkspace();
      workspace.addComponent('ledger', 'ledger');
      workspace.addComponent('ledger', 'notes');
      workspace.addComponent('shop', 'shop');
      const names = [...(isWhole ? ['data-sample'] : []), 'ledger', 'notes', 'shop'].map((name) => `\n    - ${name}`);
      workspace.edit(manifest, ' [data-sample]\n', `${names.join('')}\n`);
      // It is renamed below, and what it mirrors is another test's (publisher:e2e).
      for (const { file, repository } of mirrored)
        workspace.edit(
          file,
          `    gitea:\n      # At home here, and copied to the other region.\n      mirrors: {repositories: [${repository}]}\n`,
          '',
        );
      await fluxwright('build', cluster);
      await workspace.commit('Begin');
      stack = await startStack();
      life = await beginLife(stack, workspace, cluster);
    });

    afterAll(async () => {
      life?.end();
      await stopStack();
      workspace?.remove();
    });

    test('from cold every FluxKustomization becomes Ready, and nothing fails on the way', async () => {
      await awaitTree(life.api, life.tree(), { seconds: 420 });
      expect(failuresOf(life.recording.events())).toEqual([]);
      expect(asFlux(life.tree()).nodes.size).toBeGreaterThan(20);
    });

    test('the order was one that the simulator allows', () => {
      const needs = fluxHappenings(asFlux(life.tree()));
      const seen = happeningsOf(life.recording.events());
      expect([...seen.keys()].sort()).toEqual([...needs.keys()].sort());
      expect(tooEarly(needs, seen)).toEqual([]);
    });

    /**
     * The simulator's own times are timeouts, since nobody knows before how long things take. Given what was measured, each
     * FluxKustomization from when it could begin until it was Ready, it says the very times and the very path that were
     * seen. When each could begin is read off the objects in the cluster; so an edge that the simulator has and Flux has not, or
     * the other way round, moves a time where it decides one, and is not seen where another edge was later anyway.
     *
     * Given less, each from when it did begin, it says nothing later than was seen. What was seen is later by what
     * Flux adds: it looks again after its requeue interval, and when one of its four workers is free. By its log it
     * began each at the first look after the last it depends on was done (a look that had begun may see the state before).
     */
    test('the times and the critical path were those that the simulator says', () => {
      const tree = asFlux(life.tree());
      const events = life.recording.events();
      const { began, free, ready } = clockOf(events);
      const simulated = (since: ReadonlyMap<string, number>): Simulation => {
        const took = [...ready].map(([key, at]) => [key, at - (since.get(key) ?? Number.NaN)] as const);
        return simulateTree(tree, undefined, { durations: new Map(took) });
      };
      const whole = simulated(free);
      for (const { key, readyBy } of whole.nodes) expect(readyBy, key).toBeCloseTo(ready.get(key) ?? Number.NaN, 6);
      expect(whole.criticalPath.map(({ key }) => key)).toEqual(observedPath(events, { began, free, ready }));
      for (const { key, readyBy } of simulated(began).nodes)
        expect(readyBy, key).toBeLessThanOrEqual((ready.get(key) ?? Number.NaN) + 1e-6);
      expect([...vainLooks(stack, edges(tree))].filter(([, count]) => count > 1)).toEqual([]);
    });

    test('the cluster has every object of the tree', async () => {
      const applied = await readApplied(life.api);
      const there = new Set(
        [...applied.values()].flatMap((own) => [...own].flatMap(([title, { text }]) => ((text ?? '') ? [title] : []))),
      );
      const meant = life
        .tree()
        .objects.map(({ object: { kind, metadata } }) =>
          metadata.namespace === undefined
            ? `${kind} ${metadata.name}`
            : `${kind} ${metadata.namespace}/${metadata.name}`,
        );
      expect(meant.filter((title) => !there.has(title))).toEqual([]);
    });

    test('a consumer of each kind of service got all that it was told before it was installed', async () => {
      const { version } = happeningsOf(life.recording.events()).get('applied flux-system/shop') ?? { version: 0 };
      const { body } = await life.api.get('apis/apps/v1/namespaces/shop/deployments/shop');
      const references = keyReferences(body as KubernetesObject);
      expect(references.map(({ secret, key }) => `${secret} ${key}`)).toEqual([
        'shop-db-app password',
        'shop-cache username',
        'shop-cache password',
        'shop-images KEY_ID',
        'shop-images KEY',
        'shop-admin username',
        'shop-admin password',
        'shop-tls tls.crt',
        'shop-tls tls.key',
      ]);
      expect(await lackingKeys(life.api, 'shop', { references, version })).toEqual([]);
      const host = await life.api.get('api/v1/namespaces/shop/services/shop-db-rw');
      expect(host.status).toBe(200);
      // Its passwords were made in the cluster: nobody had to put them into the store.
      const given = new Set(givenIn(life.tree()));
      const own = life.tree().objects.filter(({ path }) => path.startsWith('components/shop/'));
      const read = own.flatMap(({ object }) => (object.kind === 'ExternalSecret' ? readBy(object) : []));
      expect(read.sort()).toEqual(['minio#shop', 'shop-admin#password', 'valkey#shop-cache']);
      expect(read.filter((each) => given.has(each))).toEqual([]);
    });

    test('a changed value changes the objects that the simulator named, and the others find nothing', async () => {
      workspace.edit(manifest, '  values:\n', '  values:\n    gitea:\n      subdomain: code\n');
      const { wakes } = await simulate('--from', 'HEAD');
      await fluxwright('build', cluster);
      await workspace.commit('Another name');
      const old = asFlux(life.tree());
      const since = await publish(life.built());
      expect(wakes).toEqual(simulateTree(asFlux(life.tree()), old).wakes);
      expect(wakes).toEqual([
        // Its rules are by host, in the text it starts with.
        {
          key: 'flux-system/coraza',
          added: [],
          changed: ['Deployment coraza/coraza'],
          removed: [],
        },
        {
          key: 'flux-system/gitea',
          added: [],
          changed: ['HelmRelease gitea/gitea'],
          removed: [],
        },
        {
          key: 'flux-system/gitea-attach',
          added: [],
          changed: ['HTTPRoute gitea/gitea'],
          removed: [],
        },
      ]);
      // All look at the commit, each after what it depends on has.
      const seen = happeningsOf(life.recording.events(), since);
      const tree = asFlux(life.tree());
      const looked = [...tree.nodes.values()]
        .filter(({ source }) => source.endsWith('/flux-system'))
        .map(({ key }) => key);
      expect([...seen.keys()].filter((name) => name.startsWith('ready ')).sort()).toEqual(
        looked.map((key) => `ready ${key}`).sort(),
      );
      const order = new Map(
        [...edges(tree)].map(([key, needs]) => [`applied ${key}`, { needs: needs.map((need) => `ready ${need}`) }]),
      );
      expect(tooEarly(order, seen)).toEqual([]);
    });

    test('a rename and a removal that would lose data are refused', async () => {
      workspace.renameComponent('gitea', 'forge', [platform]);
      workspace.edit('components/forge/component.yaml', '  helm:\n', '  helm:\n    releaseName: gitea\n');
      for (const name of ['db', 'admin'])
        workspace.edit(
          'components/forge/component.yaml',
          `        name: ${name}\n`,
          `        name: ${name}\n        object: gitea-${name}\n`,
        );
      workspace.edit(manifest, '    gitea:\n', '    forge:\n');
      workspace.renameComponent('notes', 'memos', [manifest]);
      workspace.edit(manifest, '    - ledger\n', '');
      for (const command of [['build'], ['changes', '--from', 'HEAD']]) {
        const [name = '', ...options] = command;
        const { code, stderr } = await workspace.fluxwright(name, cluster, ...options);
        expect(code).toBe(1);
        expect(stderr.match(/^error\[.*?\]: \S+ \S+/gm)).toEqual([
          'error[change/data-loss]: HelmRelease gitea/gitea',
          'error[change/data-loss]: Cluster ledger/ledger-db',
          'error[change/data-loss]: PersistentVolumeClaim ledger/ledger-files',
          'error[change/data-loss]: StatefulSet ledger/ledger-books',
          'error[change/data-loss]: Cluster notes/notes-db',
          'error[change/data-loss]: PersistentVolumeClaim notes/notes-files',
          'error[change/data-loss]: StatefulSet notes/notes-books',
        ]);
      }
    });

    test('commit by commit, as the planner has it, they keep all that holds data alive', async () => {
      const before = await dataIdentities(life.api);
      await fluxwright('migrate', cluster, '--from', 'HEAD');
      const old = asFlux(life.tree());
      expect(simulateTree(asFlux(life.built()), old).never).toEqual([]);
      await publish(life.built());
      expect(await lostSince(before)).toEqual([]);
      await fluxwright('build', cluster);
      await workspace.commit('Other names');
      await publish(life.built());
      expect(await lostSince(before)).toEqual([]);
      const applied = await readApplied(life.api);
      expect([...applied.keys()]).toEqual(expect.arrayContaining(['flux-system/forge', 'flux-system/memos']));
      expect([...applied.keys()]).not.toEqual(expect.arrayContaining(['flux-system/gitea']));
    });

    test('published at once, a rename loses what the planner says, and nothing else', async () => {
      workspace.renameComponent('forge', 'gitea', [platform]);
      workspace.edit(manifest, '    forge:\n', '    gitea:\n');
      workspace.renameComponent('memos', 'notes', [manifest]);
      const { stderr } = await workspace.fluxwright('changes', cluster, '--from', 'HEAD');
      expect(stderr.match(/(?<=^error\[change\/data-loss\]: )\S+ \S+/gm)).toEqual([
        'HelmRelease gitea/forge',
        'Cluster notes/notes-db',
        'PersistentVolumeClaim notes/notes-files',
        'StatefulSet notes/notes-books',
      ]);
      await fluxwright('build', cluster, '--output', 'elsewhere');
      const before = await dataIdentities(life.api);
      const old = life.tree();
      // Three that need each other in a row leave with the same commit.
      const leaving = ['harbor', 'harbor-pair', 'harbor-services'];
      const since = await publish(withoutKustomizations(life.built('elsewhere'), leaving));
      expect(await lostSince(before)).toEqual([
        'Cluster notes/notes-db',
        // The release of gitea made these.
        'PersistentVolumeClaim gitea/gitea',
        'PersistentVolumeClaim notes/notes-files',
        'StatefulSet harbor/harbor-trivy',
        'StatefulSet notes/notes-books',
      ]);
      const { races } = simulateTree(asFlux(life.tree()), asFlux(old)).teardown;
      expect(races).toEqual([
        ['flux-system/forge', 'flux-system/forge-services'],
        ['flux-system/forge-attach', 'flux-system/forge'],
        ['flux-system/forge-pair', 'flux-system/forge'],
        ['flux-system/harbor', 'flux-system/harbor-services'],
        ['flux-system/harbor-pair', 'flux-system/harbor'],
      ]);
      const deletions = deletionsOf(life.recording.events(), since);
      expect(goneTooEarly(new Map(races.map(([key, need]) => [key, [need]])), deletions)).toContain(
        'flux-system/harbor-services before flux-system/harbor',
      );
    });

    describe('a teardown', () => {
      /** It is removed after all others, which is not when the simulator has it. */
      const late = 'flux-system/notes';
      let whole: FluxTree;
      let since: number;

      /** Edges of all that take what they made with them: the others have no order. */
      const ordered = () =>
        new Map([...edges(whole)].filter(([key]) => whole.nodes.get(key)?.deletionPolicy !== 'Orphan'));
      const awaitGone = (keys: readonly string[]): Promise<true> => {
        const left = (): readonly string[] => {
          const deletions = deletionsOf(life.recording.events(), since);
          return keys.filter((key) => deletions.get(key)?.gone === undefined);
        };
        return until(
          120,
          async () => (left().length === 0 ? true : undefined),
          async () => `still there: ${left().join(', ')}`,
        );
      };
      const remove = async (keys: readonly string[]): Promise<void> => {
        if (keys.length === 0) return;
        const names = keys.map((key) => key.slice(key.indexOf('/') + 1));
        await life.push(withoutKustomizations(life.tree(), names));
        await awaitGone(keys);
      };

      test('in the order of the simulator ends, and leaves what was to stay', async () => {
        whole = asFlux(life.tree());
        since = life.recording.events().at(-1)?.version ?? 0;
        const applied = await readApplied(life.api);
        const { teardown } = simulateTree(whole);
        for (const keys of teardown.order) await remove(keys.filter((key) => key !== late));
        await remove(teardown.stay);
        const events = life.recording.events();
        const early = goneTooEarly(ordered(), deletionsOf(events, since));
        expect(early.filter((each) => !each.endsWith(` before ${late}`))).toEqual([]);
        expect(failuresOf(events.filter(({ version }) => version > since))).toEqual([]);

        const gone = new Set(teardown.order.flat().filter((key) => key !== late));
        expect(await wrongLeftovers(life.api, applied, gone)).toEqual([]);
      });

      test('of one that outlived its operator hangs', async () => {
        await life.push(withoutKustomizations(life.tree(), ['notes']));
        const path = 'apis/postgresql.cnpg.io/v1/namespaces/notes/clusters/notes-db';
        const marked = await until(
          60,
          async () => {
            const { body } = await life.api.get(path);
            const { metadata } = body as { metadata: { deletionTimestamp?: string; finalizers?: readonly string[] } };
            return metadata.deletionTimestamp === undefined ? undefined : metadata;
          },
          async () => 'nobody deletes it',
        );
        expect(marked.finalizers).toEqual([operatorFinalizer]);
        expect(deletionsOf(life.recording.events(), since).get(late)?.gone).toBeUndefined();
        const needed = edges(whole).get(late) ?? [];
        expect(goneTooEarly(ordered(), deletionsOf(life.recording.events(), since))).toEqual(
          needed.map((need) => `${need} before ${late}`),
        );
        await life.api.patch(path, { metadata: { finalizers: null } });
        await awaitGone([late]);
      });

      test('of the root takes nothing with it', async () => {
        const before = await readApplied(life.api);
        const own = [...(before.get('flux-system/flux-system') ?? [])];
        await life.api.remove('apis/kustomize.toolkit.fluxcd.io/v1/namespaces/flux-system/kustomizations/flux-system');
        await awaitGone(['flux-system/flux-system']);
        const others = own.filter(([title]) => title !== 'Kustomization flux-system/flux-system');
        expect(others.length).toBeGreaterThan(0);
        for (const [title, { path }] of others) expect((await life.api.get(path)).status, title).toBe(200);
      });
    });
  },
);
