import { expect, test } from 'vitest';
import { cluster, component, renderFiles } from '../../test/sample-workspace.ts';
import { validateCluster } from './validate-cluster.ts';

/** Which of `/admin` and `/metrics` a route with these rules exposes. */
async function exposed(...rules: readonly string[]): Promise<readonly string[]> {
  const route = `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: store}
spec:
  parentRefs: [{name: public}]
  rules:
${rules.map((rule) => `    - ${rule}\n`).join('')}`;
  const spec = `  namespace: store
  provides:
    privatePaths: [{service: store, paths: [/admin, /metrics], because: no password}]
`;
  const rendered = renderFiles({
    ...cluster('one', '  provider: own\n  components: [store]\n'),
    ...component('store', spec, { 'install/route.yaml': route }),
  });
  const found = await validateCluster(rendered);
  return found
    .filter(({ code }) => code === 'validate/exposed-path')
    .map(({ message }) => message.replace(/.*exposes (.*) of Service store\/store$/, '$1'));
}

const backend = 'backendRefs: [{name: store, port: 80}]';
const prefix = (value: string) => `matches: [{path: {type: PathPrefix, value: ${value}}}]`;
const exact = (value: string) => `matches: [{path: {type: Exact, value: ${value}}}]`;

test.each<readonly [string, readonly string[], readonly string[]]>([
  ['a rule without matches takes every path', [`{${backend}}`], ['/admin and /metrics']],
  ['a prefix above takes them', [`{${prefix('/')}, ${backend}}`], ['/admin and /metrics']],
  ['a prefix below takes a part of one', [`{${prefix('/admin/users')}, ${backend}}`], ['/admin']],
  ['an exact match takes one', [`{${exact('/metrics')}, ${backend}}`], ['/metrics']],
  ['another path takes none', [`{${prefix('/shop')}, ${backend}}`], []],
  ['elements of a path are whole', [`{${prefix('/administer')}, ${backend}}`], []],
  ['another service is not meant', ['{backendRefs: [{name: shop, port: 80}]}'], []],
  ['the same name elsewhere is not meant', ['{backendRefs: [{name: store, namespace: shop, port: 80}]}'], []],
  ['a rule without backends takes a path out', [`{${prefix('/admin')}}`, `{${backend}}`], ['/metrics']],
  ['a prefix above takes all below it out', [`{${prefix('/')}}`, `{${prefix('/shop')}, ${backend}}`], []],
  ['a longer prefix opens a path again', [`{${prefix('/admin')}}`, `{${prefix('/admin/x')}, ${backend}}`], ['/admin']],
  [
    'an exact match goes before a prefix',
    [`{${prefix('/metrics')}}`, `{${exact('/metrics')}, ${backend}}`],
    ['/metrics'],
  ],
  [
    'what shuts some requests only leaves the others',
    [`{matches: [{path: {type: PathPrefix, value: /}, method: POST}]}`, `{${backend}}`],
    ['/admin and /metrics'],
  ],
])('%s', async (_rule, rules, paths) => {
  expect(await exposed(...rules)).toEqual(paths);
});
