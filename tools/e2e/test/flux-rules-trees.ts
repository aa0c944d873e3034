// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of Flux
import { stringify } from 'yaml';
import type { FluxFolder } from '../src/index.ts';

/** A namespace for what the folders hold. */
export const namespace = 'rules';

const config = (name: string, data: object, metadata: object = {}): object => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace, ...metadata },
  data,
});

const claim = (name: string, metadata: object = {}, storage = '2Gi'): object => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name, namespace, ...metadata },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } },
});

const set = (name: string, { serviceName = 'one', replicas = 0, metadata = {} } = {}): object => ({
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name, namespace, ...metadata },
  spec: {
    serviceName,
    replicas,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name: 'web', image: 'registry.example.com/web:1.0.0' }] },
    },
  },
});

const mark = (name: string, value: string) => ({ [`kustomize.toolkit.fluxcd.io/${name}`]: value });
const annotated = (...marks: readonly object[]) => ({ annotations: Object.assign({}, ...marks) });
const labelled = (...marks: readonly object[]) => ({ labels: Object.assign({}, ...marks) });

/** What a text becomes where the variable DOMAIN is defined and no other; undefined where Flux refuses to build. */
export const forms: Readonly<Record<string, { readonly from: string; readonly to: string | undefined }>> = {
  defined: { from: '${DOMAIN}', to: 'example.com' },
  bare: { from: '$HOST', to: '$HOST' },
  doubled: { from: '$${HOST}', to: '${HOST}' },
  default: { from: '${HOST:=here}', to: 'here' },
  missing: { from: '${HOST}', to: undefined },
  length: { from: '${#HOST}', to: undefined },
  upper: { from: '${HOST^^}', to: undefined },
  part: { from: '${HOST:0:3}', to: undefined },
  replaced: { from: '${HOST/a/b}', to: undefined },
  nested: { from: '${HOST:=${OTHER}}', to: undefined },
  'no-form': { from: '${a.b}', to: undefined },
};

const readiness = (expression: string) => ({
  healthCheckExprs: [{ apiVersion: 'apps/v1', kind: 'Deployment', current: expression }],
  wait: true,
  timeout: '5s',
});

const dependency = (readyExpr: string) => ({ dependsOn: [{ name: 'keeper', readyExpr }] });

const deployment = (name: string): object => ({
  ...set(name),
  kind: 'Deployment',
  spec: {
    replicas: 0,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name: 'web', image: 'registry.example.com/web:1.0.0' }] },
    },
  },
});

/** Folders that stay the same in all three commits. */
const constant: readonly FluxFolder[] = [
  { name: 'keeper', spec: {}, files: { 'config.yaml': config('keeper', { a: 'b' }) } },
  ...Object.entries(forms).map(([name, { from }]) => ({
    name: `form-${name}`,
    spec: { postBuild: { substitute: { DOMAIN: 'example.com' } } },
    files: { 'config.yaml': config(`form-${name}`, { text: from }) },
  })),
  { name: 'form-unasked', spec: {}, files: { 'config.yaml': config('form-unasked', { text: '${HOST}' }) } },
  ...Object.entries({ idle: {}, always: { substituteStrategy: 'Always' } }).map(([name, postBuild]) => ({
    name: `form-${name}`,
    spec: { postBuild },
    files: { 'config.yaml': config(`form-${name}`, { text: '${HOST:=here}' }) },
  })),
  {
    name: 'form-spared',
    spec: { postBuild: { substitute: { DOMAIN: 'example.com' } } },
    files: { 'config.yaml': config('form-spared', { text: '${HOST}' }, annotated(mark('substitute', 'disabled'))) },
  },
  { name: 'no-cel', spec: readiness('status.. == 1'), files: { 'web.yaml': deployment('no-cel') } },
  { name: 'no-field', spec: readiness('status.readyReplica == 1'), files: { 'web.yaml': deployment('no-field') } },
  { name: 'no-name', spec: dependency("other.status == 'x'"), files: { 'config.yaml': config('no-name', { a: 'b' }) } },
  {
    name: 'no-dep-field',
    spec: dependency("dep.status.revision == 'x'"),
    files: { 'config.yaml': config('no-dep-field', { a: 'b' }) },
  },
  {
    name: 'layer-base',
    files: { 'config.yaml': config('layer', { base: 'base', top: 'base' }), 'claim.yaml': claim('layer') },
  },
  {
    name: 'layer-middle',
    files: {
      'kustomization.yaml': {
        bases: ['../layer-base'],
        patches: [{ patch: stringify(config('layer', { middle: 'middle', top: 'middle' })) }],
      },
    },
  },
  {
    name: 'layer-top',
    spec: {},
    files: {
      'kustomization.yaml': {
        bases: ['../layer-middle'],
        resources: ['more.yaml'],
        patches: [{ patch: stringify(config('layer', { top: 'top' })) }],
      },
      'more.yaml': config('layer-more', { a: 'b' }),
    },
  },
  {
    name: 'layer-twice',
    spec: {},
    files: { 'kustomization.yaml': { bases: ['../layer-base'], resources: ['../layer-base'] } },
  },
  {
    name: 'key-twice',
    spec: {},
    files: { 'config.yaml': `${stringify(config('key-twice', { a: 'b' }))}data: {a: c}\n` },
  },
  {
    name: 'renamed',
    spec: { targetNamespace: 'rules-other' },
    files: { 'namespace.yaml': { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'rules-own' } } },
  },
];

/** What the folders hold in each commit. */
export const commits: readonly (readonly FluxFolder[])[] = [1, 2, 3].map((commit) => [
  ...constant,
  {
    name: 'forced',
    spec: { force: true },
    files: {
      'changed.yaml': set('forced-changed', {
        serviceName: commit === 1 ? 'one' : 'two',
        metadata: annotated(mark('force', 'disabled')),
      }),
      'claim.yaml': claim('forced-claim', annotated(mark('force', 'disabled')), commit === 1 ? '2Gi' : '1Gi'),
    },
  },
  {
    name: 'forced-slip',
    spec: { force: true },
    files: {
      'slip.yaml': set('forced-slip', {
        replicas: commit === 1 ? 0 : -1,
        metadata: annotated(mark('force', 'disabled')),
      }),
    },
  },
  {
    name: 'unforced',
    spec: {},
    files: { 'changed.yaml': set('unforced', { serviceName: commit === 1 ? 'one' : 'two' }) },
  },
  {
    name: 'marked',
    spec: {},
    files: {
      'config.yaml': config('marked', { a: 'b' }),
      ...(commit < 3 && {
        'plain.yaml': claim('plain'),
        'labelled.yaml': claim('labelled', labelled(mark('prune', 'disabled'))),
        'annotated.yaml': claim('annotated', annotated(mark('prune', 'Disabled'))),
        'late.yaml': claim('late', commit === 1 ? {} : annotated(mark('prune', 'disabled'))),
        'reconcile.yaml': claim('reconcile', commit === 1 ? {} : annotated(mark('reconcile', 'disabled'))),
        'ignore.yaml': claim('ignore', commit === 1 ? {} : annotated(mark('ssa', 'Ignore'))),
        'once.yaml': claim(
          'once',
          annotated(mark('ssa', 'IfNotPresent'), ...(commit === 1 ? [] : [mark('prune', 'disabled')])),
        ),
      }),
    },
  },
  ...['gone-from-first', 'gone-from-last'].flatMap((name): readonly FluxFolder[] =>
    ['first', 'last'].map((which) => ({
      name: `${which}-${name}`,
      spec: {},
      files: {
        'config.yaml': config(`${which}-${name}`, { a: 'b' }),
        ...((commit === 1 || name !== `gone-from-${which}`) && { 'shared.yaml': config(name, { a: 'b' }) }),
      },
    })),
  ),
]);
