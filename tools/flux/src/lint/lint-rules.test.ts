import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { lintFolder } from './lint-folder.ts';

const root = mkdtempSync(join(tmpdir(), 'lint-rules-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let trees = 0;

/** What is found in a tree, of one code, as the messages with their help. */
async function found(code: string, files: Readonly<Record<string, string>>, flux = '2.9'): Promise<readonly string[]> {
  trees += 1;
  const folder = join(root, String(trees));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const { diagnostics } = await lintFolder({ folder, flux });
  return diagnostics
    .filter((each) => each.code === `lint/${code}`)
    .map(({ message, help, labels = [] }) => [message, help, ...labels.map((each) => each.message)].join(' | '));
}

const kustomization = (name: string, spec: string) => `---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: ${name}, namespace: flux-system}
spec:
  interval: 10m
  prune: true
  wait: true
  timeout: 5m
  path: ./${name}
  sourceRef: {kind: GitRepository, name: fleet}
  ${spec}
`;

const release = (name: string, spec: string) => `---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: ${name}, namespace: shop}
spec:
  interval: 1h
  chartRef: {kind: OCIRepository, name: shop}
  ${spec}
`;

const claim = (metadata: string) => `apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data, namespace: shop${metadata}}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
`;

const mark = (name: string, value: string, place = 'annotations') =>
  `, ${place}: {kustomize.toolkit.fluxcd.io/${name}: ${value}}`;

describe('forced-state', () => {
  const forced = (metadata: string, spec = 'force: true') =>
    found('forced-state', { 'ks.yaml': kustomization('shop', spec), 'shop/claim.yaml': claim(metadata) });

  test('force: disabled on an object spares nothing of a Kustomization that forces', async () => {
    const [message] = await forced(mark('force', 'disabled'));
    expect(message).toContain('a change that the API server refuses deletes PersistentVolumeClaim shop/data');
    expect(message).toContain('this does not spare it');
  });

  test.each(['annotations', 'labels'])('the object may force by %s, in whatever case', async (place) => {
    expect(await forced(mark('force', 'Enabled', place), 'suspend: false')).toHaveLength(1);
  });

  test.each([
    ['reconcile', 'disabled'],
    ['ssa', 'Ignore'],
    ['ssa', 'IfNotPresent'],
  ])('what Flux does not touch is spared: %s: %s', async (name, value) => {
    expect(await forced(mark(name, value))).toEqual([]);
  });
});

describe('release-name', () => {
  const name = 'a-name-of-a-release-that-nobody-would-call-short-at-all';

  test('a long name is given as helm-controller shortens it: 40 characters, a dash, 12 of the hash', async () => {
    const [message] = await found('release-name', { 'hr.yaml': release(name, 'timeout: 5m') });
    expect(message).toContain('add releaseName: a-name-of-a-release-that-nobody-would-ca-83526e0971fc');
  });

  test('two releases whose shortened names are one manage one release', async () => {
    const files = {
      'hr.yaml':
        release(name, 'timeout: 5m') +
        release('other', 'releaseName: a-name-of-a-release-that-nobody-would-ca-83526e0971fc'),
    };
    expect(await found('shared-release', files)).toHaveLength(1);
  });
});

describe('suspended-dependency', () => {
  const suspended = (source: string, readyExpr = '') => ({
    'ks.yaml':
      kustomization('base', 'suspend: true') +
      kustomization('shop', `dependsOn: [{name: base${readyExpr}}]`).replace('name: fleet', `name: ${source}`),
  });

  test('counts for Kustomizations of one source', async () => {
    expect(await found('suspended-dependency', suspended('fleet'))).toHaveLength(1);
    expect(await found('suspended-dependency', suspended('other'))).toEqual([]);
    expect(await found('suspended-dependency', suspended('fleet', ', readyExpr: "true"'))).toEqual([]);
  });

  test('does not count for HelmReleases, which ask for Ready and the generation', async () => {
    const files = { 'hr.yaml': release('base', 'suspend: true') + release('shop', 'dependsOn: [{name: base}]') };
    expect(await found('suspended-dependency', files)).toEqual([]);
  });
});

describe('stale-definitions', () => {
  test.each([
    ['upgrade: {crds: Skip}', ['neither add nor change']],
    ['install: {crds: CreateReplace}', ['add new CRDs of its chart, and leave those that are there']],
    ['upgrade: {crds: Create}', []],
    ['timeout: 5m', []],
  ])('%s', async (spec, said) => {
    const messages = await found('stale-definitions', { 'hr.yaml': release('shop', spec) });
    expect(messages).toHaveLength(said.length);
    for (const each of said) expect(messages.join()).toContain(each);
  });
});

describe('removed-api', () => {
  test.each([
    ['image.toolkit.fluxcd.io/v1beta1', 'ImagePolicy', '2.6', 0],
    ['image.toolkit.fluxcd.io/v1beta1', 'ImagePolicy', '2.7', 1],
    ['notification.toolkit.fluxcd.io/v1beta1', 'Alert', '2.7', 1],
    ['notification.toolkit.fluxcd.io/v1beta2', 'Alert', '2.8', 0],
    ['notification.toolkit.fluxcd.io/v1beta2', 'Alert', '2.9', 1],
  ])('%s %s for Flux %s', async (apiVersion, kind, flux, count) => {
    const text = `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: a, namespace: a}\n`;
    expect(await found('removed-api', { 'a.yaml': text }, flux)).toHaveLength(count);
  });
});

describe('mistyped-expression', () => {
  const health = (current: string) =>
    kustomization(
      'shop',
      `healthCheckExprs: [{apiVersion: cert-manager.io/v1, kind: Certificate, current: "${current}"}]`,
    );
  const ready = (expression: string) =>
    kustomization('base', 'suspend: false') +
    kustomization('shop', `dependsOn: [{name: base, readyExpr: "${expression}"}]`);

  test.each([
    ['what is no CEL stalls', health('status..ready'), 'stalls it at once'],
    ['an unknown field of a health check waits', health('status.nosuch'), 'Flux waits until the timeout'],
    ['an unknown field of a readyExpr is asked again', ready('dep.status.nosuch == 1'), 'Flux asks again without end'],
    ['an unknown name of a readyExpr stalls', ready('other.status.x == 1'), 'stalls it at once'],
  ])('%s', async (_, text, said) => {
    expect((await found('mistyped-expression', { 'ks.yaml': text })).join()).toContain(said);
  });
});

test('duplicate-object: of two folders the one that applied it last deletes it', async () => {
  const files = {
    'ks.yaml': kustomization('a', 'suspend: false') + kustomization('b', 'suspend: false'),
    'a/claim.yaml': claim(''),
    'b/claim.yaml': claim(''),
  };
  const [message] = await found('duplicate-object', files);
  expect(message).toContain('it is deleted when the one that applied it last lets it go');
});

describe('overridden-values', () => {
  const values = (references: string, inline: string) =>
    found('overridden-values', { 'hr.yaml': release('shop', `valuesFrom: [${references}]\n  values: ${inline}`) });
  const secret = (path: string, more = '') => `{kind: Secret, name: login, targetPath: ${path}${more}}`;

  test.each([
    ['a nested path wins', secret('a.b'), '{a: {b: x}}', 'which wins'],
    ['at the top the inline value wins', secret('a'), '{a: x}', 'and the inline value wins'],
    [
      'after another into the same map too',
      `${secret('a.c')}, ${secret('a.b')}`,
      '{a: {b: x}}',
      'and the inline value wins',
    ],
    [
      'after whole values nobody can say',
      `{kind: Secret, name: all}, ${secret('a.b')}`,
      '{a: {b: x}}',
      'decide which wins',
    ],
  ])('%s', async (_, references, inline, said) => {
    const messages = await values(references, inline);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toContain(said);
  });

  test('an optional reference may be absent, and then the inline value counts', async () => {
    expect(await values(secret('a.b', ', optional: true'), '{a: {b: x}}')).toEqual([]);
  });
});

test.each([
  ['2.7', []],
  ['2.8.5', ['makes Helm refuse to apply it']],
  ['2.8.6', ['is ignored under server-side apply']],
  ['2.8', ['is ignored under server-side apply']],
])('ignored-force for Flux %s', async (flux, said) => {
  const messages = await found('ignored-force', { 'hr.yaml': release('shop', 'upgrade: {force: true}') }, flux);
  expect(messages).toHaveLength(said.length);
  for (const each of said) expect(messages.join()).toContain(each);
});

test.each(['annotations', 'labels'])('prunable-data is kept by a mark among the %s', async (place) => {
  const files = {
    'ks.yaml': kustomization('shop', 'suspend: false'),
    'shop/claim.yaml': claim(mark('prune', 'Disabled', place)),
  };
  expect(await found('prunable-data', files)).toEqual([]);
});

test.each([
  ['reconcile', 'disabled'],
  ['ssa', 'Ignore'],
] as const)('prunable-data is not kept by %s: %s in the tree, which Flux does not apply', async (name, value) => {
  const files = {
    'ks.yaml': kustomization('shop', 'suspend: false'),
    'shop/claim.yaml': claim(mark(name, value, 'annotations')),
  };
  expect(await found('prunable-data', files)).toHaveLength(1);
});

describe('undefined-variable', () => {
  const text = (content: string, spec = 'postBuild: {substitute: {KNOWN: x}}') =>
    found('undefined-variable', {
      'ks.yaml': kustomization('shop', spec),
      'shop/config.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shop, namespace: shop}\ndata:\n  text: '${content}'\n`,
    });

  test.each(['${#LOST}', '${LOST^^}', '${LOST:0:3}', '${LOST/a/b}', '${KNOWN:=${LOST}}'])(
    '%s needs LOST',
    async (content) => {
      expect((await text(content)).join()).toContain('does not define LOST');
    },
  );

  test.each(['${LOST:=x}', '${LOST=x}', '${LOST:-x}', '$${LOST}', '${#KNOWN}', '$LOST'])(
    '%s is good',
    async (content) => {
      expect(await text(content)).toEqual([]);
    },
  );

  test.each(['${a.b}', '${KNOWN-x}', '${{ x }}'])('%s is no variable, whoever defines the others', async (content) => {
    expect((await text(content, 'postBuild: {substituteFrom: [{kind: ConfigMap, name: x}]}')).join()).toContain(
      'this is no variable',
    );
  });
});

test.each([
  [
    'FluxInstance',
    'apiVersion: fluxcd.controlplane.io/v1\nkind: FluxInstance\nmetadata: {name: flux, namespace: flux-system}\nspec: {kustomize: {patches: [{patch: "--feature-gates=DefaultToRetryOnFailure=true"}]}}\n',
    0,
  ],
  [
    'the other way',
    'apiVersion: fluxcd.controlplane.io/v1\nkind: FluxInstance\nmetadata: {name: flux, namespace: flux-system}\nspec: {kustomize: {patches: [{patch: "--feature-gates=DefaultToRetryOnFailure=false"}]}}\n',
    2,
  ],
])('no-retries minds the gate DefaultToRetryOnFailure: %s', async (_, instance, count) => {
  expect(await found('no-retries', { 'hr.yaml': release('shop', 'timeout: 5m'), 'fi.yaml': instance })).toHaveLength(
    count,
  );
});

test.each([
  ['2.6', 'commonMetadata: {labels: {a: b}}', 1],
  ['2.7', 'commonMetadata: {labels: {a: b}}', 0],
  ['2.7', 'rollback: {serverSideApply: disabled}', 1],
  ['2.8', 'rollback: {serverSideApply: disabled}', 0],
])('unknown-field for Flux %s: %s', async (flux, spec, count) => {
  expect(await found('unknown-field', { 'hr.yaml': release('shop', spec) }, flux)).toHaveLength(count);
});

test('missing-timeout says that the interval is an upper bound', async () => {
  const text = kustomization('shop', 'suspend: false').replace('10m', '1h').replace('  timeout: 5m\n', '');
  expect((await found('missing-timeout', { 'ks.yaml': text })).join()).toContain('may be the interval less 30 seconds');
});

test('what is no text is read only where a build asks for it', async () => {
  const files = {
    'ks.yaml': kustomization('shop', 'suspend: false'),
    'shop/kustomization.yaml': 'configMapGenerator: [{name: logo, namespace: shop, files: [logo.txt]}]\n',
    'shop/logo.txt': '${LOST}',
    'picture.png': '\u0000\u0001',
  };
  expect(await found('failed-build', files)).toEqual([]);
});

test('dependency-cycle says one circle of FluxKustomizations that all wait for each other, a shortest one', async () => {
  const tree = {
    'all.yaml':
      kustomization('a', 'dependsOn: [{name: b}]') +
      kustomization('b', 'dependsOn: [{name: c}, {name: d}]') +
      kustomization('c', 'dependsOn: [{name: a}]') +
      kustomization('d', 'dependsOn: [{name: a}]') +
      kustomization('e', 'dependsOn: [{name: a}]'),
  };
  expect((await found('dependency-cycle', tree)).map((text) => text.split(' | ')[0])).toEqual([
    'Kustomizations wait for each other: a → b → c → a',
  ]);
});
