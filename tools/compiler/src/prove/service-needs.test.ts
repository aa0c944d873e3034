import { afterAll, expect, test } from 'vitest';
import { chartsAtHand } from '../../test/charts-at-hand.ts';
import { sampleDeployment } from '../../test/sample-deployment.ts';
import { component } from '../../test/sample-workspace.ts';
import { serviceAddresses } from '../needs/service-addresses.ts';

const { chart, run, close } = chartsAtHand();
afterAll(close);

const service = 'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{name: http, port: 8080}]}\n';
const ingress = (name: string, port: string) => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec: {defaultBackend: {service: {name: ${name}, port: {${port}}}}}
`;
const login = 'apiVersion: v1\nkind: Secret\nmetadata: {name: login}\nstringData: {password: ""}\n---\n';
const line = '  footprint: {workloads: [{name: web, kind: Deployment, cpu: 0, memory: 0}]}\n';

test('a Deployment of a chart that reads a missing Secret, key or account is found', async () => {
  const found = async (secret: string, key: string, account = 'default') => {
    const reads = `env: [{name: A, valueFrom: {secretKeyRef: {name: ${secret}, key: ${key}}}}]`;
    const name = chart({ 'templates/a.yaml': login + sampleDeployment({ account, reads }) });
    return (await run(name, { spec: line })).messages;
  };
  expect(await found('login', 'password')).toEqual([]);
  expect(await found('nobody', 'password')).toEqual([
    'prove/missing-provider: Deployment shop/web needs Secret shop/nobody, which nothing in the cluster provides',
  ]);
  expect(await found('login', 'user')).toEqual([
    'prove/missing-key: Deployment shop/web reads the key "user" of Secret shop/login, which nobody puts there',
  ]);
  expect(await found('login', 'password', 'robot')).toEqual([
    'prove/missing-provider: Deployment shop/web needs ServiceAccount shop/robot, which nothing in the cluster provides',
  ]);
});

test('a backend is held against the real Service, its port by number or name', async () => {
  const name = chart({ 'templates/a.yaml': service });
  const found = async (to: string, port: string) =>
    (await run(name, { files: { 'install/a.yaml': ingress(to, port) } })).messages;
  expect(await found('web', 'number: 8080')).toEqual([]);
  expect(await found('web', 'name: http')).toEqual([]);
  expect(await found('web', 'number: 80')).toEqual([
    'prove/missing-key: Ingress shop/web asks for the port "80" of Service shop/web, which it does not have',
  ]);
  expect(await found('server', 'number: 8080')).toEqual([
    'prove/missing-provider: Ingress shop/web needs Service shop/server, which nothing in the cluster provides',
  ]);
});

test('a route of a component that declares its relations is held against the Service as well', async () => {
  const kinds = `  namespace: shop
  provides:
    crds: [routes.example.com]
    crdsAtRuntime: true
    kinds:
      - group: example.com
        kind: Route
        needs: [{at: "spec.rules[].backendRefs[]", group: "{.group|''}", kind: "{.kind|'Service'}", name: "{.name}", keys: ["{.port}"], order: false}]
`;
  const route = (port: number) =>
    `apiVersion: example.com/v1\nkind: Route\nmetadata: {name: a}\nspec: {rules: [{backendRefs: [{name: web, port: ${port}}]}]}\n`;
  const name = chart({ 'templates/a.yaml': service });
  const found = async (port: number) => {
    const more = component('routes', kinds);
    const { messages } = await run(name, {
      more,
      components: 'web, routes',
      files: { 'configure/a.yaml': route(port) },
    });
    return messages.filter((each) => each.startsWith('prove/missing'));
  };
  expect(await found(8080)).toEqual([]);
  expect(await found(80)).toHaveLength(1);
});

test('a host and port in values that no Service has is found once, where it is said', async () => {
  const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {url: {{ .Values.url | quote }}}\n';
  const name = chart({ 'templates/a.yaml': `${service}---\n${config}` });
  const found = async (values: string) => (await run(name, { values })).found;
  for (const url of [
    'http://web.shop.svc:8080/a',
    'tcp://web-0.web.shop.svc.cluster.local:8080',
    'web.other-part.svcs',
  ]) {
    expect(await found(`url: "${url}"\n`)).toEqual([]);
  }
  expect(await found('url: http://web.shop.svc/a\n')).toMatchObject([
    {
      code: 'prove/missing-key',
      message: 'HelmRelease shop/web asks for the port "80" of Service shop/web, which it does not have',
      primary: { file: 'components/web/helm/values.yaml.hbs', start: { line: 1 } },
    },
  ]);
  expect(await found('url: http://db.shop.svc:5432\n')).toMatchObject([
    { message: 'HelmRelease shop/web needs Service shop/db, which nothing in the cluster provides' },
  ]);
  expect(await found('url: ""\ndatabase: {host: web, port: "5432"}\n')).toMatchObject([{ code: 'prove/missing-key' }]);
  expect(await found('url: ""\ndatabase: {host: "", port: 5432}\n')).toEqual([]);
});

test('Services of a chart that is not at hand nobody knows, nor those that the cluster has itself', async () => {
  const more = component(
    'db',
    '  namespace: db\n  helm: {repository: https://charts.example.com, chart: absent, version: 1.0.0}\n',
  );
  const name = chart({ 'templates/a.yaml': service });
  const values = 'url: [db.db.svc:5432, kube-dns.kube-system.svc, nowhere.nowhere.svc]\n';
  expect((await run(name, { values, more, components: 'web, db' })).messages).toEqual([
    'prove/missing-provider: HelmRelease shop/web needs Service nowhere/nowhere, which nothing in the cluster provides',
  ]);
});

test.each([
  ['https://a.b.svc', [{ name: 'a', namespace: 'b', port: '443' }]],
  [
    'postgres://user@a.b.svc:5432/db?x=c.d.svc.cluster.local',
    [
      { name: 'a', namespace: 'b', port: '5432' },
      { name: 'c', namespace: 'd' },
    ],
  ],
  ['*.a.b.svc', [{ name: 'a', namespace: 'b' }]],
  ['$(NAME).b.svc and %s.b.svc and {{.x}}.b.svc', []],
  ['a.b.svc-x', []],
])('in %s the addresses of Services are found', (text, expected) => {
  const found = serviceAddresses({ kind: 'ConfigMap', data: { text } }).map(({ at: _, ...each }) => each);
  expect(found).toEqual(expected);
  expect(serviceAddresses({ kind: 'CustomResourceDefinition', text })).toEqual([]);
});
