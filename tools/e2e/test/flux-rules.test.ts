// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of Flux
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { lintFolder } from '@fluxwright/flux';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import {
  type Api,
  apply,
  connectApi,
  fluxTree,
  type KubernetesObject,
  pushCommit,
  pushRepository,
  type RepositoryFiles,
  readyCondition,
  repositoryUrl,
  type Stack,
  stackAvailable,
  startStack,
  stopStack,
  until,
  untilAttempted,
} from '../src/index.ts';
import { commits, forms, namespace } from './flux-rules-trees.ts';

describe.skipIf(!stackAvailable())('what the rules of lint say of Flux, on Flux (skipped without ../shared)', () => {
  let stack: Stack;
  let api: Api;
  /** The FluxKustomizations after each commit, and the uid of each object that was there then. */
  const after: { readonly flux: ReadonlyMap<string, KubernetesObject>; readonly uids: ReadonlyMap<string, string> }[] =
    [];
  const findings: (readonly { readonly code: string; readonly message: string; readonly file: string }[])[] = [];

  beforeAll(async () => {
    stack = await startStack();
    api = connectApi(stack);
    const trees = commits.map(fluxTree);
    for (const tree of trees) findings.push(await lint(tree));
    await pushRepository(stack, 'fleet', trees[0] as RepositoryFiles);
    const source = {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'GitRepository',
      metadata: { name: 'fleet', namespace: 'flux-system' },
      spec: { interval: '1h', url: repositoryUrl(stack, 'fleet'), ref: { branch: 'main' } },
    };
    const own = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } };
    await apply(stack, [own, source].map((each) => stringify(each)).join('---\n'));
    const appliers = [...(trees[0] as RepositoryFiles)].filter(([path]) => path.startsWith('flux/'));
    const isLast = ([path]: readonly [string, string]): boolean => path.startsWith('flux/last-');
    let revision = await sourceRevision();
    // Who applies an object last is its owner: the order is made here, as chance makes it elsewhere.
    for (const batch of [appliers.filter((each) => !isLast(each)), appliers.filter(isLast)]) {
      await apply(stack, batch.map(([, text]) => text).join('---\n'));
      await untilAttempted(api, revision, 120);
    }
    after.push(await look());
    await patch('kustomize', 'kustomizations', 'first-gone-from-last', { spec: { suspend: true } });
    for (const tree of trees.slice(1)) {
      revision = `main@sha1:${await pushCommit(stack, 'fleet', tree)}`;
      const annotations = { 'reconcile.fluxcd.io/requestedAt': revision };
      await patch('source', 'gitrepositories', 'fleet', { metadata: { annotations } });
      await untilAttempted(api, revision, 120);
      after.push(await look());
    }
  });

  afterAll(stopStack);

  test('force makes anew what the API server refuses, whatever the object says of force', () => {
    const [first, second] = after;
    for (const object of ['StatefulSet/forced-changed', 'PersistentVolumeClaim/forced-claim']) {
      expect(second?.uids.get(object)).toBeDefined();
      expect(second?.uids.get(object)).not.toBe(first?.uids.get(object));
      expect(found(1, 'lint/forced-state')).toContain(object);
    }
    expect(second?.uids.get('StatefulSet/unforced')).toBe(first?.uids.get('StatefulSet/unforced'));
    expect(ready('unforced', 1)?.message).toContain('Invalid');
    expect(found(1, 'lint/forced-state')).not.toContain('StatefulSet/unforced');
  });

  test('a slip of the pen is enough: force deletes the object, and cannot make it again', () => {
    expect(after[0]?.uids.has('StatefulSet/forced-slip')).toBe(true);
    expect(after[1]?.uids.has('StatefulSet/forced-slip')).toBe(false);
    expect(ready('forced-slip', 1)?.message).toContain('must be greater than or equal to 0');
    expect(found(1, 'lint/forced-state')).toContain('StatefulSet/forced-slip');
  });

  test('a mark keeps an object from being pruned only where Flux has applied it', () => {
    const claims = ['plain', 'labelled', 'annotated', 'late', 'reconcile', 'ignore', 'once'];
    const there = (commit: number): readonly string[] =>
      claims.filter((name) => after[commit]?.uids.has(`PersistentVolumeClaim/${name}`));
    expect(there(1)).toEqual(claims);
    expect(there(2)).toEqual(['labelled', 'annotated', 'late']);
    const pruned = found(1, 'lint/prunable-data').filter((each) => claims.some((name) => each.endsWith(`/${name}`)));
    // Of the claim that is applied once, the tree does not tell when it got its mark.
    expect(pruned).toEqual(['ignore', 'plain', 'reconcile'].map((name) => `PersistentVolumeClaim/${name}`));
  });

  test('of two that apply an object only the last one deletes it, also from under the other', () => {
    expect(after[1]?.uids.get('ConfigMap/gone-from-first')).toBe(after[0]?.uids.get('ConfigMap/gone-from-first'));
    expect(after[1]?.uids.has('ConfigMap/gone-from-last')).toBe(false);
    expect(found(0, 'lint/duplicate-object')).toEqual(
      expect.arrayContaining(['ConfigMap/gone-from-first', 'ConfigMap/gone-from-last']),
    );
  });

  test('what is no CEL stalls at once, and what asks for a field that is not there does not', () => {
    const ends = Object.fromEntries(
      ['no-cel', 'no-name', 'no-field', 'no-dep-field'].map((name) => {
        const conditions = after[0]?.flux.get(name)?.status?.conditions ?? [];
        const isStalled = conditions.some(({ type, status }) => type === 'Stalled' && status === 'True');
        return [name, `${isStalled ? 'stalled' : 'tries on'}: ${ready(name, 0)?.reason}`];
      }),
    );
    expect(ends).toEqual({
      'no-cel': 'stalled: InvalidCELExpression',
      'no-name': 'stalled: InvalidCELExpression',
      'no-field': 'tries on: HealthCheckFailed',
      'no-dep-field': 'tries on: DependencyNotReady',
    });
    const said = findings[0]?.filter(({ code }) => code === 'lint/mistyped-expression') ?? [];
    expect(said.map(({ message }) => message.replace(/.* that /, '')).sort()).toEqual([
      'gives no value: Flux asks again without end',
      'gives no value: Flux waits until the timeout',
      'stalls it at once',
      'stalls it at once',
    ]);
  });

  test('a variable that nobody defines fails the build, in each of its forms', async () => {
    const texts: Record<string, string | undefined> = {};
    for (const name of Object.keys(forms)) texts[name] = await textOf(`form-${name}`);
    expect(texts).toEqual(Object.fromEntries(Object.entries(forms).map(([name, { to }]) => [name, to])));
    const refused = Object.keys(forms).filter((name) => forms[name]?.to === undefined);
    for (const name of refused) expect(ready(`form-${name}`, 0)?.reason).toBe('BuildFailed');
    expect(found(0, 'lint/undefined-variable')).toEqual(refused.map((name) => `ConfigMap/form-${name}`).sort());
  });

  test('variables stay as they are where none is defined, and where the object says so', async () => {
    expect([await textOf('form-unasked'), await textOf('form-spared')]).toEqual(['${HOST}', '${HOST}']);
    expect([await textOf('form-idle'), await textOf('form-always')]).toEqual(['${HOST:=here}', 'here']);
    expect(found(0, 'lint/idle-substitution')).toEqual(['ConfigMap/form-idle']);
  });

  test('bases are layers: each is built, patched by the one above, and held to the rules', async () => {
    const { body } = await api.get(`api/v1/namespaces/${namespace}/configmaps/layer`);
    expect(body).toMatchObject({ data: { base: 'base', middle: 'middle', top: 'top' } });
    expect(after[0]?.uids.has('ConfigMap/layer-more')).toBe(true);
    expect(ready('layer-twice', 0)?.message).toContain('already registered id');
    expect(found(0, 'lint/prunable-data')).toContain('PersistentVolumeClaim/layer');
  });

  test('a key that stands twice fails the build', () => {
    expect(ready('key-twice', 0)).toMatchObject({ reason: 'BuildFailed' });
    expect(findings[0]?.filter(({ code }) => code === 'lint/invalid-yaml').map(({ file }) => file)).toEqual([
      'key-twice/config.yaml',
    ]);
  });

  test('targetNamespace renames a Namespace', async () => {
    expect((await api.get('api/v1/namespaces/rules-other')).status).toBe(200);
    expect((await api.get('api/v1/namespaces/rules-own')).status).toBe(404);
    expect(findings[0]?.filter(({ code }) => code === 'lint/target-namespace').map(({ file }) => file)).toEqual([
      'flux/renamed.yaml',
    ]);
  });

  const ready = (name: string, commit: number) => {
    const object = after[commit]?.flux.get(name);
    return object === undefined ? undefined : readyCondition(object);
  };

  /** The objects of the namespace that a rule names, as `Kind/name`. */
  const found = (commit: number, code: string): readonly string[] => {
    const named = (findings[commit] ?? []).filter((each) => each.code === code);
    return named
      .flatMap(
        ({ message }) =>
          message
            .match(/(\w+) rules\/([\w-]+)/)
            ?.slice(1, 3)
            .join('/') ?? [],
      )
      .sort();
  };

  const textOf = async (name: string): Promise<string | undefined> => {
    const { body } = await api.get(`api/v1/namespaces/${namespace}/configmaps/${name}`);
    return (body as { readonly data?: { readonly text?: string } }).data?.text;
  };

  const look = async () => {
    const { body } = await api.get('apis/kustomize.toolkit.fluxcd.io/v1/kustomizations');
    const flux = new Map(itemsOf(body).map((each) => [each.metadata.name, each]));
    const uids = new Map<string, string>();
    const places = [
      ['ConfigMap', 'api/v1', 'configmaps'],
      ['PersistentVolumeClaim', 'api/v1', 'persistentvolumeclaims'],
      ['StatefulSet', 'apis/apps/v1', 'statefulsets'],
    ];
    for (const [kind, group, plural] of places) {
      const { body } = await api.get(`${group}/namespaces/${namespace}/${plural}`);
      // What has a time of deletion is as good as gone.
      for (const { metadata } of itemsOf(body).filter((each) => each.metadata.deletionTimestamp === undefined))
        uids.set(`${kind}/${metadata.name}`, metadata.uid ?? '');
    }
    return { flux, uids };
  };

  const patch = (group: string, plural: string, name: string, change: object) =>
    api.patch(`apis/${group}.toolkit.fluxcd.io/v1/namespaces/flux-system/${plural}/${name}`, change);

  const sourceRevision = (): Promise<string> => {
    const ask = async () => {
      const { body } = await api.get('apis/source.toolkit.fluxcd.io/v1/namespaces/flux-system/gitrepositories/fleet');
      return body as { readonly status?: { readonly artifact?: { readonly revision: string } } };
    };
    return until(
      60,
      async () => (await ask()).status?.artifact?.revision,
      async () => `GitRepository fleet: ${JSON.stringify((await ask()).status)}`,
    );
  };
});

function itemsOf(body: unknown): readonly KubernetesObject[] {
  return (body as { readonly items?: readonly KubernetesObject[] }).items ?? [];
}

/** What the rules find in a tree, for the Flux of the stack. */
async function lint(tree: RepositoryFiles) {
  const folder = mkdtempSync(join(tmpdir(), 'fluxwright-e2e-'));
  try {
    for (const [path, text] of tree) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const { diagnostics } = await lintFolder({ folder, flux: '2.9' });
    return diagnostics.map(({ code, message, primary }) => ({ code, message, file: primary?.file ?? '' }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
