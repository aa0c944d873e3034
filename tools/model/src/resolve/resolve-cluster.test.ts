import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cluster, component, type Files, manifest, product, writeWorkspace } from '../../test/write-workspace.ts';
import { loadWorkspace } from '../load/load-workspace.ts';
import type { Workspace } from '../load/workspace.ts';
import { resolveCluster } from './resolve-cluster.ts';
import type { ResolvedCluster } from './resolved-cluster.ts';
import { stageKey } from './stage-edges.ts';

function resolve(files: Files, name = 'one'): ResolvedCluster {
  const { value: workspace, diagnostics } = loadWorkspace(writeWorkspace(files));
  const resolved = resolveCluster(workspace, name);
  expect([...diagnostics, ...resolved.diagnostics]).toEqual([]);
  if (resolved.value === undefined) throw new Error('no cluster');
  return resolved.value;
}

const names = (resolved: ResolvedCluster) => resolved.components.map((each) => each.component.name);
const order = (resolved: ResolvedCluster) =>
  resolved.edges.map(({ from, to }) => `${stageKey(from)} after ${stageKey(to)}`);
const valuesOf = (resolved: ResolvedCluster, name: string) => {
  const values = resolved.components.find((each) => each.component.name === name)?.values;
  if (values === undefined) throw new Error(name);
  return values;
};

const provider = { options: { hetzner: {}, own: {} } };

describe('what a cluster has', () => {
  it('is its products, mandatory ones first of all, its own components, and all they require', () => {
    const resolved = resolve({
      ...cluster('one', { products: ['data'], components: ['shop'] }),
      ...product('base', { mandatory: true, components: [{ name: 'net' }] }),
      ...product('data', { components: [{ name: 'db' }], requires: { products: ['storage'] } }),
      ...product('storage', { components: [{ name: 'disks' }] }),
      ...product('other', { components: [{ name: 'unused' }] }),
      ...component('net'),
      ...component('db', { requires: { capabilities: ['certificates'] } }),
      ...component('certs', { provides: { capabilities: ['certificates'] } }),
      ...component('disks'),
      ...component('shop', { requires: { components: ['cart'] } }),
      ...component('cart'),
      ...component('unused'),
    });
    expect(names(resolved)).toEqual(['cart', 'certs', 'db', 'disks', 'net', 'shop']);
    expect(resolved.components.find((each) => each.component.name === 'certs')?.reasons[0]?.text).toBe(
      'component "db" requires the capability "certificates", which "certs" provides',
    );
    expect([...resolved.capabilities]).toEqual([['certificates', { component: 'certs', stage: 'install' }]]);
  });

  it('has what it names itself in the place of what a product has, if that provides all of it', () => {
    const files = {
      ...product('base', {
        mandatory: true,
        components: [{ name: 'disks' }, { name: 'shop', dependsOn: ['disks'] }],
      }),
      ...component('disks', { provides: { capabilities: ['storage', 'snapshots'] } }),
      ...component('shop', { requires: { capabilities: ['storage'] } }),
      ...component('whole', { provides: { capabilities: ['snapshots', 'storage'] } }),
      ...component('lean', { provides: { capabilities: ['storage'] } }),
      ...cluster('one', { components: ['whole'] }),
      ...cluster('two', { components: ['lean'] }),
    };
    expect(names(resolve(files))).toEqual(['shop', 'whole']);
    const { value: workspace } = loadWorkspace(writeWorkspace(files));
    // Nobody would give snapshots any more: it is left to a person which of the two it is.
    expect(resolveCluster(workspace, 'two').diagnostics.map(({ message }) => message)).toEqual([
      'components "disks" and "lean" both provide the capability "storage"',
    ]);
  });

  it('follows its choices: one of two providers fits, a product part that does not fit is left out', () => {
    const files = {
      ...product('base', { mandatory: true, components: [{ name: 'cloud' }, { name: 'db' }], choices: { provider } }),
      ...component('cloud', { choices: { provider: ['hetzner'] } }),
      ...component('csi', { choices: { provider: ['hetzner'] }, provides: { capabilities: ['storage'] } }),
      ...component('local', { choices: { provider: ['own'] }, provides: { capabilities: ['storage'] } }),
      ...component('db', { requires: { capabilities: ['storage'] } }),
      ...cluster('one', { provider: 'hetzner' }),
      ...cluster('two', { provider: 'own' }),
    };
    expect(names(resolve(files))).toEqual(['cloud', 'csi', 'db']);
    expect(names(resolve(files, 'two'))).toEqual(['db', 'local']);
  });

  it('takes a choice without a key of its own from spec.choices', () => {
    const resolved = resolve({
      ...product('base', {
        mandatory: true,
        components: [{ name: 'mesh' }],
        choices: { mesh: { options: { on: {}, off: {} } }, extra: { optional: true, options: { a: {} } } },
      }),
      ...component('mesh', { choices: { mesh: ['on'] } }),
      ...cluster('one', { choices: { mesh: 'on' } }),
    });
    expect(names(resolved)).toEqual(['mesh']);
  });
});

describe('the order', () => {
  it('waits for the last stage of what is required, for the stage that provides, and softly after', () => {
    const resolved = resolve({
      ...cluster('one', { components: ['app'] }),
      ...component('app', {
        requires: { components: ['db', { name: 'certs', stage: 'install' }], capabilities: ['issuer'] },
        after: ['policy', 'absent'],
      }),
      ...component('db', { configure: { requires: { components: ['vault'] } } }, { configure: true }),
      ...component(
        'certs',
        { provides: { capabilities: [{ name: 'issuer', stage: 'configure' }] } },
        { configure: true },
      ),
      ...component('vault'),
      ...component('policy'),
      ...component('absent'),
      ...product('base', { mandatory: true, components: [{ name: 'policy', dependsOn: ['vault'] }] }),
    });
    expect(order(resolved)).toEqual([
      'app after certs',
      'app after certs-configure',
      'app after db-configure',
      'app after policy',
      'certs-configure after certs',
      'db-configure after db',
      'db-configure after vault',
      'policy after vault',
    ]);
  });

  it('keeps every reason of an edge', () => {
    const resolved = resolve({
      ...cluster('one', { components: ['app'] }),
      ...component('app', { requires: { components: ['db'], capabilities: ['sql'] } }),
      ...component('db', { provides: { capabilities: ['sql'] } }),
    });
    expect(
      resolved.edges.flatMap(({ reasons }) =>
        reasons.map(({ text, span }) => `${text} (${span.file}:${span.start?.line})`),
      ),
    ).toEqual([
      'component "app" requires the component "db" (components/app/component.yaml:11)',
      'component "app" requires the capability "sql", which "db" provides (components/app/component.yaml:13)',
    ]);
  });
});

describe('settings and values', () => {
  const properties = {
    greeting: { type: 'string' },
    size: { type: 'integer' },
    tags: { type: 'array' },
    footer: { type: 'string' },
  };
  const files = {
    ...component('web', {}, { properties, values: { greeting: 'hello', size: 1, tags: ['a'] } }),
    ...product('base', { mandatory: true, components: [{ name: 'web', values: { size: 2, tags: ['b'] } }] }),
    'clusters/defaults.yaml': manifest('ClusterDefaults', 'defaults', { region: 'eu', values: { web: { size: 3 } } }),
    ...cluster('one', { values: { web: { greeting: null, footer: 'bye' } } }),
  };

  it('merge defaults, products, clusters/defaults.yaml and the cluster, in this order', () => {
    const values = valuesOf(resolve(files), 'web');
    expect({ ...values.value }).toEqual({ size: 3, tags: ['b'], footer: 'bye' });
    expect({ ...values.templateValue }).toEqual({ greeting: null, size: 3, tags: ['b'], footer: 'bye' });
    expect(values.originsOf(['size']).map(({ file }) => file)).toEqual(['clusters/defaults.yaml']);
    expect(values.originsOf(['tags']).map(({ file }) => file)).toEqual(['products/base/product.yaml']);
  });

  it('fill in what the schema of a cluster says', () => {
    const { spec, settings } = resolve(files);
    expect(spec.region).toBe('eu');
    expect(spec.delivery).toBe('helm-release');
    expect({ ...spec.git }).toEqual({ url: 'https://git.example.com/fleet.git', branch: 'main', path: 'clusters/one' });
    expect(settings.templateValue.contact).toBe(null);
  });

  it('are the same object for clusters that set nothing of their own', () => {
    const { value: workspace } = loadWorkspace(writeWorkspace({ ...files, ...cluster('two'), ...cluster('three') }));
    const [two, three] = ['two', 'three'].map((name) => resolveCluster(workspace, name).value);
    expect(two?.components[0]?.values).toBe(three?.components[0]?.values);
  });

  it('give the peer of a pair too', () => {
    const resolved = resolve({
      ...cluster('one', { disasterRecovery: { role: 'primary', peer: 'two' } }),
      ...cluster('two', { disasterRecovery: { role: 'standby', peer: 'one' }, region: 'nbg1' }),
    });
    expect(resolved.peer?.name).toBe('two');
    expect(resolved.peer?.spec.region).toBe('nbg1');
  });
});

describe('resolveCluster', () => {
  it('says nothing of its own where load has said why', () => {
    const { value: workspace } = loadWorkspace(
      writeWorkspace({
        ...cluster('one', { components: ['bad'] }),
        ...cluster('two', { components: ['good'] }),
        ...cluster('three', { components: ['needy'] }),
        ...component('bad', { titel: 'x' }),
        ...component('good'),
        ...component('needy', { requires: { capabilities: ['what-bad-may-provide'] } }),
      }),
    );
    const results = ['one', 'two', 'three'].map((name) => resolveCluster(workspace, name));
    expect(results.map(({ value }) => value !== undefined)).toEqual([false, true, false]);
    expect(results.flatMap(({ diagnostics }) => diagnostics)).toEqual([]);
  });

  it('fails every cluster where a mandatory product is broken, none for another product', () => {
    const load = (spec: object) => loadWorkspace(writeWorkspace({ ...cluster('one'), ...product('odd', spec) })).value;
    expect(resolveCluster(load({ mandatory: true, wrong: 1 }), 'one')).toEqual({ value: undefined, diagnostics: [] });
    expect(resolveCluster(load({ wrong: 1 }), 'one').value).toBeDefined();
  });

  it('depends on no order: of files, of maps or of keys', () => {
    const spec = { components: ['app', 'extra'], provider: 'hetzner', values: { app: { b: 1, a: 2 } } };
    const parts: Files[] = [
      cluster('one', spec),
      product('p1', {
        mandatory: true,
        components: [{ name: 'net' }, { name: 'db', values: { size: 1 } }],
        choices: { provider },
      }),
      product('p2', { mandatory: true, components: [{ name: 'db', values: { colour: 2 } }] }),
      component('app', { requires: { capabilities: ['x', 'y'] } }, { properties: { a: {}, b: {} } }),
      component('extra', { requires: { components: ['db'] }, after: ['net'] }),
      component('db', { provides: { capabilities: ['x'] } }, { properties: { size: {}, colour: {} } }),
      component('net', { provides: { capabilities: ['y'] } }, { configure: true }),
    ];
    const expected = printed(resolve(Object.assign({}, ...parts)));
    fc.assert(
      fc.property(fc.shuffledSubarray(parts, { minLength: parts.length }), fc.boolean(), (shuffled, flip) => {
        const root = writeWorkspace(Object.assign({}, ...shuffled.map((each) => (flip ? reverseKeys(each) : each))));
        const { value } = loadWorkspace(root);
        expect(printed(resolveCluster(reorder(value, flip), 'one').value)).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });
});

/** The same workspace with its maps in another order. */
function reorder(workspace: Workspace, flip: boolean): Workspace {
  const turned = <T>(map: ReadonlyMap<string, T>) => new Map(flip ? [...map].reverse() : map);
  return { ...workspace, components: turned(workspace.components) };
}

function reverseKeys(value: unknown): never {
  const reversed = (each: unknown): unknown => {
    if (Array.isArray(each) || typeof each !== 'object' || each === null) return each;
    return Object.fromEntries(
      Object.entries(each)
        .reverse()
        .map(([key, item]) => [key, reversed(item)]),
    );
  };
  return reversed(value) as never;
}

/** What later stages read of a cluster. */
function printed(resolved: ResolvedCluster | undefined): unknown {
  if (resolved === undefined) return undefined;
  const { spec, components, edges, capabilities } = resolved;
  const plain = (value: unknown) => JSON.parse(JSON.stringify(value));
  return {
    spec: plain(spec),
    components: components.map(({ component: { name }, values, stages }) => ({
      name,
      values: plain(values.templateValue),
      stages,
    })),
    edges: edges.map(({ from, to, reasons }) => [stageKey(from), stageKey(to), reasons.map(({ text }) => text)]),
    capabilities: [...capabilities],
  };
}
