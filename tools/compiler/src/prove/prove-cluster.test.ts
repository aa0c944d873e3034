import { stageKey } from '@fluxwright/model';
import { describe, expect, test } from 'vitest';
import { cluster, component, type Files, renderFiles } from '../../test/sample-workspace.ts';
import { proveCluster } from './prove-cluster.ts';

const chart = (name: string) =>
  `  namespace: ${name}\n  helm: {repository: https://charts.example.com, chart: ${name}, version: 1.0.0}\n`;
const one = (...names: string[]) => cluster('one', `  provider: own\n  components: [${names.join(', ')}]\n`);
const widget = 'apiVersion: widgets.example.com/v1\nkind: Widget\nmetadata:\n  name: a\nspec:\n  store: {name: main}\n';
const operator = component('operator', `${chart('operator')}  provides:\n    crds: [widgets.widgets.example.com]\n`);

function found(files: Files): readonly string[] {
  return proveCluster(renderFiles(files)).map(({ code, message }) => `${code}: ${message}`);
}

function edges(files: Files): readonly string[] {
  return renderFiles(files).edges.map(
    ({ from, to, reasons }) =>
      `${stageKey(from)} waits for ${stageKey(to)}: ${reasons.map(({ text }) => text).join('; ')}`,
  );
}

test('a custom resource waits for the component that provides its definition, though no manifest says so', () => {
  const files = {
    ...one('operator', 'shop'),
    ...operator,
    ...component('shop', '  namespace: shop\n', { 'install/widget.yaml': widget }),
  };
  expect(edges(files)).toEqual(['shop waits for operator: Widget shop/a needs the CRD widgets.widgets.example.com']);
  expect(found(files)).toEqual([]);
});

test('a requirement that covers the need keeps its own reason first', () => {
  const files = {
    ...one('shop'),
    ...operator,
    ...component('shop', '  namespace: shop\n  requires: {components: [operator]}\n', {
      'install/widget.yaml': widget,
    }),
  };
  expect(edges(files)).toEqual([
    'shop waits for operator: component "shop" requires the component "operator"; Widget shop/a needs the CRD widgets.widgets.example.com',
  ]);
});

test('a definition that the stage itself applies comes first by the order of Flux', () => {
  const crd = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.widgets.example.com}
spec: {group: widgets.example.com, names: {kind: Widget, plural: widgets}, scope: Namespaced, versions: []}
`;
  const files = { 'install/crd.yaml': crd, 'install/widget.yaml': widget };
  expect(found({ ...one('shop'), ...component('shop', '  namespace: shop\n', files) })).toEqual([]);
});

test('a definition that a chart of the same stage brings does not', () => {
  const spec = `${chart('shop')}  provides: {crds: [widgets.widgets.example.com]}\n`;
  expect(found({ ...one('shop'), ...component('shop', spec, { 'install/widget.yaml': widget }) })).toEqual([
    'prove/unordered: Widget shop/a is applied together with what brings the CRD widgets.widgets.example.com',
  ]);
  expect(found({ ...one('shop'), ...component('shop', spec, { 'configure/widget.yaml': widget }) })).toEqual([]);
});

const kinds = `  provides:
    crds: [widgets.widgets.example.com]
    kinds:
      - group: widgets.example.com
        kind: Widget
        needs: [{at: spec.store, kind: ConfigMap, name: "{.name}", namespace: "{.namespace|metadata.namespace}"}]
        makes: [{kind: Secret, name: "{metadata.name}-login", keys: [password]}]
`;
const reader = (secret: string, key: string) => `apiVersion: v1
kind: Pod
metadata: {name: reader}
spec:
  containers:
    - name: reader
      image: registry.example.com/reader:1.0.0
      env: [{name: A, valueFrom: {secretKeyRef: {name: ${secret}, key: ${key}}}}]
`;
const store = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: main}\ndata: {a: b}\n';
const withKinds = { ...one('operator', 'shop'), ...component('operator', chart('operator') + kinds) };

test('what an operator makes of an object is there, key by key', () => {
  const shop = (key: string) =>
    component('shop', '  namespace: shop\n', {
      'install/widget.yaml': widget,
      'install/store.yaml': store,
      'install/reader.yaml': reader('a-login', key),
    });
  expect(found({ ...withKinds, ...shop('password') })).toEqual([]);
  expect(found({ ...withKinds, ...shop('user') })).toEqual([
    'prove/missing-key: Pod shop/reader reads the key "user" of Secret shop/a-login, which nobody puts there',
  ]);
});

test('what an object of a custom kind refers to must be there, where it says', () => {
  const shop = component('shop', '  namespace: shop\n', { 'install/widget.yaml': widget });
  expect(found({ ...withKinds, ...shop })).toEqual([
    'prove/missing-provider: Widget shop/a needs ConfigMap shop/main, which nothing in the cluster provides',
  ]);
});

test('what a chart makes and what people give are declared, with names from the values', () => {
  const schema = JSON.stringify({
    type: 'object',
    additionalProperties: false,
    properties: { login: { type: 'string', description: 'The Secret.' } },
  });
  const shop = (declared: string) =>
    component('shop', `  namespace: shop\n${declared}`, {
      'install/reader.yaml': reader('login', 'password'),
      'values.schema.json': schema,
      'values.yaml': 'login: login\n',
    });
  expect(found({ ...one('shop'), ...shop('') })).toHaveLength(1);
  for (const declared of [
    '  given: [{kind: Secret, name: "{{values.login}}", keys: [password]}]\n',
    '  provides: {objects: [{kind: Secret, name: login, atRuntime: true}]}\n',
  ]) {
    expect(found({ ...one('shop'), ...shop(declared) })).toEqual([]);
  }
  expect(found({ ...one('shop'), ...shop('  given: [{kind: Secret, name: login, keys: [user]}]\n') })).toHaveLength(1);
});

test('what a chart needs and no object shows is ordered as well', () => {
  const files = {
    ...one('shop', 'vault'),
    ...component('vault', '  namespace: vault\n', { 'configure/store.yaml': store, 'install/other.yaml': other }),
    ...component(
      'shop',
      `${chart('shop')}  requires: {objects: [{kind: ConfigMap, name: main, namespace: vault, keys: [a]}]}\n`,
    ),
  };
  expect(edges(files)).toContain('shop waits for vault-configure: component "shop" needs ConfigMap vault/main');
});
const other = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: other}\n';

test('a pod may start without what it calls optional', () => {
  const optional = reader('nobody', 'password, optional: true');
  expect(
    found({ ...one('shop'), ...component('shop', '  namespace: shop\n', { 'install/reader.yaml': optional }) }),
  ).toEqual([]);
});

test('an object waits for the webhook that would refuse it, and for the namespace it lives in', () => {
  const ingress = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: a, namespace: vault}
spec: {defaultBackend: {service: {name: a, port: {number: 80}}}}
`;
  const guard = component('guard', `${chart('guard')}  provides: {webhooks: [{group: networking.k8s.io}]}\n`);
  const files = {
    ...one('guard', 'shop', 'vault'),
    ...guard,
    ...component('vault', '  namespace: vault\n', { 'install/other.yaml': other }),
    ...component('shop', '  namespace: shop\n', { 'install/ingress.yaml': ingress }),
  };
  expect(edges(files)).toEqual([
    'shop waits for guard: Ingress vault/a needs the admission webhook of component "guard"',
    'shop waits for vault: Ingress vault/a needs Namespace vault',
  ]);
});

test('a reference that heals must be fulfilled, and orders nothing', () => {
  const healing = kinds.replace('metadata.namespace}"}', 'metadata.namespace}", order: false}');
  const inVault = widget.replace('{name: main}', '{name: main, namespace: vault}');
  const files = {
    ...one('operator', 'shop', 'vault'),
    ...component('operator', chart('operator') + healing),
    ...component('shop', '  namespace: shop\n', { 'install/widget.yaml': inVault }),
  };
  const vault = component('vault', '  namespace: vault\n', { 'install/store.yaml': store });
  expect(edges({ ...files, ...vault }).join()).not.toContain('vault');
  expect(found({ ...files, ...vault })).toEqual([]);
  const empty = component('vault', '  namespace: vault\n', { 'install/other.yaml': other });
  expect(found({ ...files, ...empty })).toHaveLength(1);
});

test('a route orders its definition and not its Gateway, which it attaches to whenever that is there', () => {
  const gatewayApi = component(
    'gateway-api',
    `${chart('gateway-api')}  provides:
    crds: [httproutes.gateway.networking.k8s.io, gateways.gateway.networking.k8s.io]
    kinds:
      - group: gateway.networking.k8s.io
        kind: HTTPRoute
        needs:
          - at: spec.parentRefs[]
            group: gateway.networking.k8s.io
            kind: Gateway
            name: "{.name}"
            namespace: "{.namespace|metadata.namespace}"
            order: false
`,
  );
  const gateway = `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: platform}
spec: {gatewayClassName: a, listeners: []}
`;
  const route = (name: string) => `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: shop}
spec: {parentRefs: [{name: ${name}, namespace: edge}]}
`;
  const files = (name: string) => ({
    ...one('gateway-api', 'edge', 'shop'),
    ...gatewayApi,
    ...component('edge', '  namespace: edge\n', { 'install/gateway.yaml': gateway }),
    ...component('shop', '  namespace: shop\n', { 'install/route.yaml': route(name) }),
  });
  expect(edges(files('platform'))).toEqual([
    'edge waits for gateway-api: Gateway edge/platform needs the CRD gateways.gateway.networking.k8s.io',
    'shop waits for gateway-api: HTTPRoute shop/shop needs the CRD httproutes.gateway.networking.k8s.io',
  ]);
  expect(found(files('platform'))).toEqual([]);
  expect(found(files('platfrom'))).toEqual([
    'prove/missing-provider: HTTPRoute shop/shop needs Gateway edge/platfrom, which nothing in the cluster provides',
  ]);
});

describe('what a component declares is held against what it makes', () => {
  const crd = (kind: string, plural: string) => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: ${plural}.widgets.example.com}
spec: {group: widgets.example.com, names: {kind: ${kind}, plural: ${plural}}, scope: Namespaced, versions: []}
`;
  const hooked = `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: widgets}
webhooks:
  - name: widgets.example.com
    rules: [{apiGroups: [widgets.example.com], resources: [widgets], apiVersions: [v1], operations: [CREATE]}]
`;
  const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: login}\nstringData: {password: ""}\n';
  const files = {
    'install/crd.yaml': crd('Widget', 'widgets'),
    'install/hook.yaml': hooked,
    'install/secret.yaml': secret,
  };
  const declared = (provides: string, more = '  namespace: shop\n') =>
    found({ ...one('shop'), ...component('shop', `${more}  provides: {${provides}}\n`, files) }).filter((each) =>
      each.startsWith('prove/not-provided'),
    );

  test.each([
    'crds: [widgets.widgets.example.com]',
    'objects: [{kind: Secret, name: login, keys: [password]}]',
    'webhooks: [{group: widgets.example.com}]',
    'webhooks: [{group: widgets.example.com, kinds: [Widget]}]',
    'dataKinds: [Widget.widgets.example.com]',
    'dataKinds: [Gadget.gadgets.example.com]',
    'crds: [gadgets.widgets.example.com], crdsAtRuntime: true',
    'objects: [{kind: Secret, name: token, atRuntime: true}]',
    'webhooks: [{group: gadgets.example.com, atRuntime: true}]',
  ])('%s holds', (provides) => expect(declared(provides)).toEqual([]));

  test.each([
    ['crds: [gadgets.widgets.example.com]', 'the CRD gadgets.widgets.example.com, which it does not make'],
    ['objects: [{kind: Secret, name: logins}]', 'Secret shop/logins, which it does not make'],
    ['objects: [{kind: Secret, name: login, namespace: bank}]', 'Secret bank/login, which it does not make'],
    [
      'objects: [{kind: Secret, name: login, keys: [user]}]',
      'the key "user" of Secret shop/login, which it does not make',
    ],
    ['webhooks: [{group: example.com}]', 'a webhook for the group example.com, which it does not make'],
    [
      'webhooks: [{group: widgets.example.com, kinds: [Gadget]}]',
      'a webhook for Gadget of widgets.example.com, which it does not make',
    ],
    ['dataKinds: [Gadget.widgets.example.com]', 'the kind Gadget of widgets.example.com, which it does not define'],
    [
      'kinds: [{group: widgets.example.com, kind: Gadget}]',
      'the kind Gadget of widgets.example.com, which it does not define',
    ],
    [
      'crds: [a.x.example.com, b.x.example.com, c.x.example.com, d.x.example.com]',
      '4 CRDs that it does not make: a.x.example.com, b.x.example.com and 2 more',
    ],
  ])('%s does not', (provides, what) => {
    expect(declared(provides)).toEqual([`prove/not-provided: component "shop" declares ${what}`]);
  });

  test('nothing is said of a component whose chart is not at hand', () => {
    expect(declared('crds: [gadgets.widgets.example.com]', chart('shop'))).toEqual([]);
  });

  test('who needs it has no provider, and is told who promised one', () => {
    const shop = component('shop', '  namespace: shop\n  provides: {crds: [widgets.widgets.example.com]}\n', {
      'install/widget.yaml': widget,
    });
    const findings = proveCluster(renderFiles({ ...one('shop'), ...shop }));
    const missing = findings.find(({ code }) => code === 'prove/missing-provider');
    expect(missing?.labels?.map(({ message }) => message)).toEqual(['declared here, and not made']);
  });
});
