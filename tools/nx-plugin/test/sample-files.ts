/**
 * A small workspace: `alpha` has the product `extra` and with it `app`, which needs `base`; `beta` has `other` by itself;
 * all have `base` through the mandatory product. `alpha` and `gamma` are a pair.
 */
export const sampleFiles: Readonly<Record<string, string>> = {
  ...component('base', '  provides: {capabilities: [greeting]}\n'),
  ...component('app', '  requires: {components: [base]}\n'),
  ...component('other', ''),
  ...product('platform', '  mandatory: true\n  components:\n    - name: base\n'),
  ...product('extra', '  components:\n    - name: app\n      values: {greeting: From extra}\n'),
  'clusters/defaults.yaml': `apiVersion: fluxwright.dev/v1
kind: ClusterDefaults
metadata: {name: defaults}
spec:
  kubernetes: {distribution: k3s, version: "1.36"}
  flux: {version: "2.9"}
  git: {url: https://git.example.com/platform/fleet.git, branch: main}
  delivery: helm-release
  policies: {enforcement: Audit}
`,
  ...cluster('alpha', '  products: [extra]\n  disasterRecovery: {role: primary, peer: gamma}\n'),
  ...cluster('beta', '  components: [other]\n'),
  ...cluster('gamma', '  disasterRecovery: {role: standby, peer: alpha}\n  network: {podCIDR: 10.44.0.0/16}\n'),
};

/** Files of a component with one template, which prints its value and the peer's domain. */
export function component(name: string, spec: string): Record<string, string> {
  return {
    [`components/${name}/component.yaml`]: `apiVersion: fluxwright.dev/v1
kind: Component
metadata: {name: ${name}}
spec:
  title: ${name}
  description: Component ${name} of the sample.
  namespace: ${name}
${spec}`,
    [`components/${name}/package.json`]: `${JSON.stringify({
      name: `@fluxwright-components/${name}`,
      version: '0.1.0',
      private: true,
      license: 'Apache-2.0',
      fluxwright: { component: '.' },
      nx: { name: `component-${name}` },
    })}\n`,
    [`components/${name}/values.schema.json`]: `${JSON.stringify({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      additionalProperties: false,
      required: ['greeting'],
      properties: { greeting: { description: 'A text.', type: 'string' } },
    })}\n`,
    [`components/${name}/values.yaml`]: 'greeting: Hello\n',
    [`components/${name}/install/configmap.yaml.hbs`]: `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
data:
  greeting: {{quote values.greeting}}
  domain: {{quote cluster.domain}}
{{#if peer}}
  peer: {{quote peer.domain}}
{{/if}}
`,
  };
}

/** File of a product. */
export function product(name: string, spec: string): Record<string, string> {
  return {
    [`products/${name}/product.yaml`]: `apiVersion: fluxwright.dev/v1
kind: Product
metadata: {name: ${name}}
spec:
  title: ${name}
  description: Product ${name} of the sample.
${spec}`,
  };
}

/** File of a cluster. */
export function cluster(name: string, spec: string): Record<string, string> {
  return {
    [`clusters/${name}/cluster.yaml`]: `apiVersion: fluxwright.dev/v1
kind: Cluster
metadata: {name: ${name}}
spec:
  domain: ${name}.example.com
${spec}`,
  };
}
