import { describe, expect, it } from 'vitest';
import { cluster, component, type Files, render, resolveFiles } from '../../test/sample-workspace.ts';
import { networkPlan } from './closed-namespaces.ts';
import { clusterFlows } from './cluster-flows.ts';
import { isPods, partyText, portsText } from './flow.ts';
import { policyData } from './policy-data.ts';

const closed = (properties: object) => ({ type: 'object', additionalProperties: false, properties });
const text = { description: 'A text.', type: 'string' };
const number = { description: 'A number.', type: 'integer' };
const list = { description: 'Anything.', type: 'array' };
const contract = {
  title: 'A kind',
  description: 'For tests.',
  phase: 'beside',
  request: closed({}),
  outputs: closed({}),
};
const kinds = {
  queue: { ...contract, outputs: closed({ host: text, port: number }) },
  watch: {
    ...contract,
    flow: 'request',
    request: closed({
      service: text,
      port: { description: 'A port.' },
      namespace: text,
      pods: { description: 'Labels.' },
    }),
  },
  wire: { ...contract, flow: 'said', request: closed({ to: list, from: list, pods: { description: 'Labels.' } }) },
};

const shopService = `apiVersion: v1
kind: Service
metadata: {name: shop}
spec:
  selector: {app: shop, leader: "true"}
  ports: [{name: web, port: 80, targetPort: http}, {name: metrics, port: 9090}]
`;
const shopPods = `apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  template:
    metadata: {labels: {app: shop, version: "1"}}
    spec:
      containers: [{name: shop, ports: [{name: http, containerPort: 8080}]}]
`;

const shop = (spec = '', files: Files = {}) =>
  component('shop', `  namespace: shop\n${spec}`, {
    'install/service.yaml': shopService,
    'install/pods.yaml': shopPods,
    ...files,
  });
const configMap = (name: string, line: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata:\n  at: ${line}\n`;

/** The flows of a cluster that more than its namespaces show: `who -> whom @ ports # file:line`. */
function flowsOf(files: Files, components: string): readonly string[] {
  const [one] = resolveFiles({
    'components/services.defs.json': JSON.stringify({ kinds }),
    ...files,
    ...cluster('one', `  components: [${components}]\n`),
  });
  if (one === undefined) throw new Error('the sample has no cluster');
  return clusterFlows(one, render(one).resources)
    .filter(
      ({ from, to }) =>
        !(isPods(to) && to.namespace === 'kube-system') && !('entity' in from && from.entity === 'kubelet'),
    )
    .filter(({ from, to }) => !(isPods(from) && isPods(to) && from.namespace === to.namespace))
    .map(
      ({ from, to, ports, reason }) =>
        `${partyText(from)} -> ${partyText(to)} @ ${portsText(ports)} # ${reason.span.file}:${reason.span.start?.line}`,
    );
}

describe('who calls whom', () => {
  it('is for the requests that whoever is called says, where only an address shows the call', () => {
    const asks = (http: string) =>
      shop(
        `  requires: {services: [{kind: wire, optional: true, with: {pods: {app: shop}, from: [{namespace: van, ports: [{port: 8080${http}}]}]}}]}\n`,
      );
    const van = component('van', '  namespace: van\n', {
      'install/a.yaml': configMap('van', 'http://shop.shop.svc:80/goods'),
    });
    const wires = component(
      'wires',
      '  namespace: wires\n  provides: {services: [{kind: wire, list: true, outputs: {}}]}\n',
      {
        'install/a.yaml': configMap('wires', 'here'),
      },
    );
    const calls = (http: string) =>
      flowsOf({ ...asks(http), ...van, ...wires }, 'shop, van, wires').map((each) => each.replace(/.* @ | #.*/g, ''));
    expect(calls(', http: [{method: GET, path: /goods}]')).toEqual(['port 8080/TCP (GET /goods)']);
    expect(calls('')).toEqual(['port 8080/TCP']);
  });

  it('is said by the address of a Service, and means the pods and ports behind it', () => {
    const van = component('van', '  namespace: van\n', {
      'install/a.yaml': configMap('van', 'http://shop.shop.svc/orders'),
    });
    expect(flowsOf({ ...shop(), ...van }, 'shop, van')).toEqual([
      'pods of van -> pods app=shop of shop @ port 8080/TCP # components/van/install/a.yaml:5',
    ]);
  });

  it('means the port of the Service where that names no other', () => {
    const van = component('van', '  namespace: van\n', {
      'install/a.yaml': configMap('van', 'http://plain.shop.svc:7000'),
    });
    const files = shop('', {
      'install/plain.yaml':
        'apiVersion: v1\nkind: Service\nmetadata: {name: plain}\nspec: {selector: {app: shop}, ports: [{port: 7000, targetPort: null}]}\n',
    });
    expect(flowsOf({ ...files, ...van }, 'shop, van')).toEqual([
      'pods of van -> pods app=shop of shop @ port 7000/TCP # components/van/install/a.yaml:5',
    ]);
  });

  it('is for any port where nobody knows what a Service leads to', () => {
    const van = component('van', '  namespace: van\n', {
      'install/a.yaml': configMap('van', 'tcp://other.shop.svc:5672'),
    });
    expect(flowsOf({ ...shop(), ...van }, 'shop, van')).toEqual([
      'pods of van -> pods of shop @ any port # components/van/install/a.yaml:5',
    ]);
  });

  it('is said by what a consumer is told, whoever makes it', () => {
    const broker = component(
      'broker',
      '  namespace: broker\n  provides: {services: [{kind: queue, outputs: {host: queue.broker.svc, port: 5672}}]}\n',
      {
        'install/a.yaml': `apiVersion: v1\nkind: Service\nmetadata: {name: queue}\nspec: {selector: {app: queue}, ports: [{port: 5672}]}\n`,
      },
    );
    const files = { ...shop('  requires: {services: [{kind: queue}]}\n'), ...broker };
    expect(flowsOf(files, 'shop, broker')).toEqual([
      'pods of shop -> pods app=queue of broker @ port 5672/TCP # components/shop/component.yaml:9',
    ]);
  });

  it('is said by what a provider is asked to call', () => {
    const eye = component(
      'eye',
      '  namespace: eye\n  provides: {services: [{kind: watch, list: true, outputs: {}}]}\n',
      {
        'install/a.yaml': configMap('eye', 'here'),
      },
    );
    const files = { ...shop('  requires: {services: [{kind: watch, with: {service: shop, port: web}}]}\n'), ...eye };
    expect(flowsOf(files, 'shop, eye')).toEqual([
      'pods of eye -> pods app=shop of shop @ port 8080/TCP # components/shop/component.yaml:9',
    ]);
  });

  it('is said by a request that says it', () => {
    const wall = component(
      'wall',
      '  namespace: wall\n  provides: {services: [{kind: wire, list: true, outputs: {}}]}\n',
      {
        'install/a.yaml': configMap('wall', 'here'),
      },
    );
    const asked =
      '{pods: {app: shop}, to: [{host: mail.example.com, ports: [{port: 587}]}], from: [{entity: nodes, ports: [{port: 7000, end: 7010, protocol: UDP}]}]}';
    const files = { ...shop(`  requires: {services: [{kind: wire, with: ${asked}}]}\n`), ...wall };
    expect(flowsOf(files, 'shop, wall')).toEqual([
      'the nodes -> pods app=shop of shop @ port 7000-7010/UDP # components/shop/component.yaml:9',
      'pods app=shop of shop -> mail.example.com @ port 587/TCP # components/shop/component.yaml:9',
    ]);
  });

  it('is said by routes, webhooks, outer Services and roles', () => {
    const files = shop('', {
      'install/route.yaml':
        'apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: shop}\nspec:\n  rules:\n    - backendRefs: [{name: shop, port: 80}]\n      filters: [{type: ExternalAuth, externalAuth: {protocol: HTTP, backendRef: {name: shop, port: 9090}}}]\n',
      'install/webhook.yaml':
        'apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata: {name: shop}\nwebhooks:\n  - name: a.shop.example.com\n    clientConfig: {service: {name: shop, namespace: shop, port: 9090}}\n',
      'install/outer.yaml':
        'apiVersion: v1\nkind: Service\nmetadata: {name: outer}\nspec:\n  type: LoadBalancer\n  selector: {app: shop}\n  ports: [{port: 443, targetPort: 8443, protocol: UDP}]\n',
      'install/role.yaml':
        'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: shop}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: shop}\nsubjects: [{kind: ServiceAccount, name: shop}]\n',
      'install/pods.yaml': shopPods.replace('    spec:\n', '    spec:\n      serviceAccountName: shop\n'),
    });
    expect(flowsOf(files, 'shop')).toEqual([
      'the API server -> pods app=shop of shop @ port 9090/TCP # components/shop/install/webhook.yaml:6',
      'the gateway -> pods app=shop of shop @ port 8080/TCP # components/shop/install/route.yaml:6',
      'the gateway -> pods app=shop of shop @ port 9090/TCP # components/shop/install/route.yaml:7',
      'the world outside -> pods app=shop of shop @ port 8443/UDP # components/shop/install/outer.yaml:5',
      'pods of shop -> the API server @ any port # components/shop/install/role.yaml:1',
    ]);
  });

  it('is the node, too, where pods have its address', () => {
    const van = component('van', '  namespace: van\n', {
      'install/a.yaml': configMap('van', 'http://shop.shop.svc:9090'),
      'install/b.yaml':
        'apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: van}\nspec: {template: {spec: {hostNetwork: true, containers: [{name: van}]}}}\n',
    });
    expect(flowsOf({ ...shop(), ...van }, 'shop, van').map((each) => each.split(' @')[0])).toEqual([
      'the nodes -> pods app=shop of shop',
      'the nodes -> pods of van',
      'pods of van -> the nodes',
      'pods of van -> pods app=shop of shop',
    ]);
  });
});

describe('which namespaces are closed', () => {
  const wall = component('wall', '  namespace: wall\n  provides: {capabilities: [network-policies]}\n', {
    'install/a.yaml': configMap('wall', 'here'),
    'network/policy.yaml.hbs':
      'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: "{{network.name}}", namespace: "{{network.namespace}}"}\n',
  });
  const plan = (files: Files, spec: string) => {
    const [one] = resolveFiles({ ...files, ...cluster('one', spec) });
    const found = one && networkPlan(one);
    return {
      closed: found?.closed.map(({ namespace }) => namespace),
      open: found?.open.map(({ namespace, because }) => `${namespace}: ${because}`),
    };
  };

  it('are those of components that are complete, in a cluster that wants policies and has who writes them', () => {
    const files = { ...shop('  network: complete\n'), ...wall };
    expect(plan(files, '  components: [shop, wall]\n')).toEqual({});
    expect(plan(files, '  components: [shop]\n  policies: {network: enforce}\n')).toEqual({});
    expect(plan(files, '  components: [shop, wall]\n  policies: {network: enforce}\n')).toEqual({
      closed: ['shop'],
      open: ['wall: its flows are not known to be complete'],
    });
  });

  it('are not those that the writer waits for, or that somebody shares who is not complete', () => {
    const first = { ...shop('  network: complete\n'), ...wall };
    const early = {
      ...first,
      'components/wall/component.yaml': `${first['components/wall/component.yaml']}  requires: {components: [shop]}\n`,
    };
    expect(plan(early, '  components: [wall]\n  policies: {network: audit}\n').open).toContain(
      'shop: wall waits for it',
    );
    const guest = component('guest', '  namespace: shop\n  requires: {components: [shop]}\n', {
      'install/a.yaml': configMap('guest', 'here'),
    });
    expect(plan({ ...first, ...guest }, '  components: [guest, wall]\n  policies: {network: audit}\n').closed).toEqual(
      [],
    );
  });

  it('have one rule for all pods and one for each group that somebody calls', () => {
    const [one] = resolveFiles({
      ...shop('  network: complete\n'),
      ...wall,
      ...cluster('one', '  components: [shop, wall]\n  policies: {network: audit}\n'),
    });
    const [namespace] = networkPlan(one as NonNullable<typeof one>)?.closed ?? [];
    if (namespace === undefined) throw new Error('nothing is closed');
    const port = (each: number) => ({ port: each, protocol: 'TCP' as const });
    const reason = { text: 'so', span: { file: 'a' } };
    const own = { namespace: 'shop' };
    const labelled = { namespace: 'shop', labels: { app: 'shop' } };
    const data = policyData(namespace, {
      mode: 'audit',
      flows: [
        { from: own, to: own, reason },
        { from: { namespace: 'van' }, to: labelled, ports: [port(90)], reason },
        { from: { namespace: 'van' }, to: labelled, ports: [port(80), port(90)], reason },
        { from: own, to: { host: 'example.com' }, reason },
        { from: { namespace: 'van' }, to: { namespace: 'other' }, reason },
        {
          from: { namespace: 'yard' },
          to: own,
          ports: [{ ...port(70), http: [{ method: 'GET', path: '/' }] }],
          reason,
        },
        {
          from: { namespace: 'yard' },
          to: own,
          ports: [{ ...port(70), http: [{ method: 'PUT', path: '/' }] }],
          reason,
        },
      ],
    });
    const nothing = {
      own: false,
      namespace: null,
      labels: null,
      entity: null,
      cidr: null,
      host: null,
      names: false,
      ports: [],
      http: [],
    };
    const requests = ['GET', 'PUT'].map((method) => ({ method, path: '/' }));
    expect(data).toEqual({
      name: 'shop',
      title: 'shop',
      namespace: 'shop',
      enforced: false,
      names: true,
      rules: [
        {
          labels: null,
          ingress: [
            { ...nothing, namespace: 'shop', own: true },
            { ...nothing, namespace: 'yard', http: [{ port: 70, requests }] },
          ],
          egress: [
            { ...nothing, host: 'example.com' },
            { ...nothing, namespace: 'shop', own: true },
          ],
        },
        {
          labels: { app: 'shop' },
          ingress: [
            {
              ...nothing,
              namespace: 'van',
              ports: [80, 90].map((each) => ({ port: each, end: null, protocol: 'TCP' })),
            },
          ],
          egress: [],
        },
      ],
    });
  });
});
