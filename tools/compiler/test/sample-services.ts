import { cluster, component, type Files } from './sample-workspace.ts';

/** A request as component.yaml says it. */
export type SampleRequest = Readonly<Record<string, unknown>> & { readonly kind: string };

/** A consumer of services: what it asks for, and its values. */
export interface SampleConsumer {
  readonly requests: readonly SampleRequest[];
  readonly values?: Readonly<Record<string, unknown>>;
  readonly namespace?: string;
}

/** An object that says what it was made of: each `key: {{path}}` a line of its data. */
export function configMap(name: string, data: Readonly<Record<string, string>>): string {
  const lines = Object.entries(data).map(([key, text]) => `  ${key}: ${text}\n`);
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n${lines.join('')}`;
}

function contract(request: Readonly<Record<string, unknown>>, outputs: Readonly<Record<string, unknown>>): object {
  const closed = (properties: Readonly<Record<string, unknown>>) => ({
    type: 'object',
    additionalProperties: false,
    properties,
  });
  return {
    title: 'A kind',
    description: 'For tests.',
    phase: 'before',
    request: closed(request),
    outputs: closed(outputs),
  };
}

const text = { description: 'A text.', type: 'string' };
const count = { description: 'A number.', type: 'integer' };

/** Three kinds: a `database`, which needs a `store` in its turn, and a `user`, whose provider takes all as a list. */
export const contracts: Files = {
  'components/services.defs.json': JSON.stringify({
    kinds: {
      database: contract(
        { size: { ...count, default: 1 }, label: text },
        { name: text, size: count, backup: text, label: text },
      ),
      store: contract({ path: { ...text, 'x-fluxwright-unique': 'provider' } }, { path: text }),
      user: contract({ role: { ...text, default: 'reader' } }, { login: text }),
    },
  }),
};

/** Who makes them. */
export const providers: Files = {
  ...component(
    'databases',
    `  namespace: databases
  provides:
    services:
      - kind: database
        shares: true
        outputs: {name: "{{request.object}}", size: "{{request.with.size}}"}
        requires: {services: [{kind: store, name: backup, with: {path: "of-{{request.object}}"}}]}
`,
    {
      'services/database.yaml.hbs': configMap('{{request.object}}', {
        consumer: '{{consumer.name}}',
        size: '"{{request.with.size}}"',
        owner: '"{{#if request.of}}{{request.of.object}} of {{request.of.consumer.name}}{{/if}}"',
        backup: '"{{#if service.backup}}{{service.backup.path}}{{/if}}"',
        protect: '{{request.protect}}',
      }),
      'install/a.yaml': configMap('databases', { is: 'here' }),
    },
  ),
  ...component(
    'stores',
    '  namespace: stores\n  provides: {services: [{kind: store, outputs: {path: "{{request.with.path}}"}}]}\n',
    { 'services/store.yaml.hbs': configMap('{{request.object}}', { path: '{{request.with.path}}' }) },
  ),
  ...component(
    'users',
    '  namespace: users\n  provides: {services: [{kind: user, list: true, outputs: {login: "{{request.object}}"}}]}\n',
    {
      'install/users.yaml.hbs': `${configMap('users', { is: 'here' })}{{#each requests.user}}\n  {{object}}: "{{with.role}} of {{consumer.name}}"\n{{/each}}\n`,
    },
  ),
};

const schema = JSON.stringify({
  type: 'object',
  additionalProperties: false,
  properties: { size: count, topics: { type: 'array', items: { type: 'string' } } },
});

/** The files of a consumer, whose template prints all that it is told. */
export function consumer(name: string, { requests, values = {}, namespace = name }: SampleConsumer): Files {
  const told = requests.map((each) => {
    const own = String(each.name ?? each.kind);
    return [`told-${own}`, `'{{#if service.${own}}}{{toJson service.${own}}}{{else}}none{{/if}}'`] as const;
  });
  return component(name, `  namespace: ${namespace}\n  requires: {services: ${JSON.stringify(requests)}}\n`, {
    'values.schema.json': schema,
    'values.yaml': JSON.stringify(values),
    'install/told.yaml.hbs': configMap(name, Object.fromEntries(told)),
  });
}

/** A workspace of one cluster with these consumers, and with what they need. */
export function servicesWorkspace(
  consumers: Readonly<Record<string, SampleConsumer>>,
  more: readonly string[] = [],
): Files {
  const names = [...Object.keys(consumers), ...more];
  return Object.assign(
    {},
    contracts,
    providers,
    ...Object.entries(consumers).map(([name, each]) => consumer(name, each)),
    cluster('one', `  components: ${JSON.stringify(names)}\n`),
  );
}
