import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ChangePlan } from '@fluxwright/flux';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { compile } from '../commands/compile.ts';
import { generatedTree } from '../pair/generated-tree.ts';
import { componentFindings } from './component-findings.ts';

const sample = resolve(import.meta.dirname, '../../../testing/fixtures/workspace');
let root: string;
const file = (path: string): string => join(root, path);
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'fluxwright-components-'));
  cpSync(sample, root, { recursive: true });
  edit('clusters/one/cluster.yaml', (text) => `${text}  components: [zone, kiosk]\n`);
  expect(await said()).toEqual([]);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function edit(path: string, change: (text: string) => string): void {
  writeFileSync(file(path), change(readFileSync(file(path), 'utf8')));
}

/** What a build says of components: the message, and the note below it. */
async function said(): Promise<readonly string[]> {
  const { diagnostics } = await compile({ root });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return diagnostics
    .filter(({ code }) => code === 'change/other-components')
    .map(({ message, note }) => `${message}; ${note}`);
}

test('a component that nothing asks for any more leaves, and a build says so once', async () => {
  edit('clusters/one/cluster.yaml', (text) => text.replace('[zone, kiosk]', '[kiosk]'));
  expect(await said()).toEqual([
    'component "zone" leaves cluster "one": nothing asks for it any more; its objects: 2 deleted, 1 kept',
  ]);
  expect(await said()).toEqual([]);
});

test('one whose folder is gone leaves as well', async () => {
  edit('clusters/one/cluster.yaml', (text) => text.replace('[zone, kiosk]', '[zone]'));
  rmSync(file('components/kiosk'), { recursive: true });
  expect((await said()).length).toBe(1);
});

test('one that others need by a capability stays, and goes with the need', async () => {
  edit('components/zone/component.yaml', (text) => `${text}  provides: {capabilities: [zones]}\n`);
  const needs = '\n    capabilities: [zones]';
  edit('components/kiosk/component.yaml', (text) => text.trimEnd() + needs);
  expect(await said()).toEqual([]);
  edit('clusters/one/cluster.yaml', (text) => text.replace('[zone, kiosk]', '[kiosk]'));
  expect(await said()).toEqual([
    'component "zone" stays in cluster "one": component "kiosk" requires the capability "zones", which "zone" provides; nothing else asks for it any more',
  ]);
  expect(await said()).toEqual([]);
  edit('components/kiosk/component.yaml', (text) => text.replace(needs, ''));
  expect(await said()).toEqual([
    'component "zone" leaves cluster "one": nothing requires it any more; its objects: 2 deleted, 1 kept',
  ]);
});

test('one with a new name is told from one that left', async () => {
  renameSync(file('components/zone'), file('components/area'));
  for (const path of ['component.yaml', 'package.json'])
    edit(`components/area/${path}`, (text) => text.replace(/(name"?: "?)zone/, '$1area'));
  edit('clusters/one/cluster.yaml', (text) => text.replace('zone', 'area'));
  expect(await said()).toEqual([
    'component "zone" of cluster "one" is "area" now; its objects: 1 deleted, 1 perhaps deleted while they move, 1 kept',
  ]);
});

test('one with a new name is told how to go on with the services that it has', async () => {
  const closed = { type: 'object', additionalProperties: false };
  const kind = { title: 'Queue', description: 'A queue.', phase: 'before', request: closed, outputs: closed };
  writeFileSync(file('components/services.defs.json'), JSON.stringify({ kinds: { queue: kind } }));
  edit(
    'components/kiosk/component.yaml',
    (text) => `${text.trimEnd()}\n  provides: {services: [{kind: queue, outputs: {}}]}\n`,
  );
  mkdirSync(file('components/kiosk/services'));
  writeFileSync(
    file('components/kiosk/services/queue.yaml.hbs'),
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: "{{request.object}}"}\n',
  );
  edit('components/zone/component.yaml', (text) => `${text.trimEnd()}\n  requires: {services: [{kind: queue}]}\n`);
  expect(await said()).toEqual([]);
  renameSync(file('components/zone'), file('components/area'));
  for (const path of ['component.yaml', 'package.json'])
    edit(`components/area/${path}`, (text) => text.replace(/(name"?: "?)zone/, '$1area'));
  edit('clusters/one/cluster.yaml', (text) => text.replace('zone', 'area'));
  const { diagnostics } = await compile({ root });
  const helps = diagnostics.filter(({ code }) => code === 'change/other-components').map(({ help }) => help);
  expect(helps).toEqual([expect.stringContaining('write object: zone-queue in its request')]);
});

test('one that gets a service from another provider is told what stays behind', async () => {
  const queue = { type: 'object', additionalProperties: false, properties: {} };
  const kind = { title: 'Queue', description: 'A queue.', phase: 'before', request: queue, outputs: queue };
  writeFileSync(file('components/services.defs.json'), JSON.stringify({ kinds: { queue: kind } }));
  for (const name of ['broker', 'rabbit']) {
    cpSync(file('components/zone'), file(`components/${name}`), { recursive: true });
    for (const path of ['component.yaml', 'package.json'])
      edit(`components/${name}/${path}`, (text) => text.replaceAll('zone', name));
    edit(
      `components/${name}/component.yaml`,
      (text) => `${text}  provides: {services: [{kind: queue, outputs: {}}]}\n`,
    );
    mkdirSync(file(`components/${name}/services`));
    writeFileSync(
      file(`components/${name}/services/queue.yaml.hbs`),
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{request.object}}\n',
    );
  }
  edit('components/kiosk/component.yaml', (text) => `${text.trimEnd()}\n    services: [{kind: queue}]\n`);
  edit('clusters/one/cluster.yaml', (text) => text.replace('[zone, kiosk]', '[zone, kiosk, broker]'));
  expect(await said()).toEqual([]);
  edit('clusters/one/cluster.yaml', (text) => text.replace('broker', 'rabbit'));
  expect(await said()).toContain(
    'component "kiosk" of cluster "one" gets its queue from "rabbit" now; what it keeps there with "broker" does not come along',
  );
  expect(await said()).toEqual([]);
});

test('one that a standby leaves out has its copies there, and has not left', () => {
  const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: copy, namespace: zone}\n';
  const files = [{ path: 'components/zone/services/copy.yaml', text }];
  const tree = generatedTree(files, { cluster: 'one', shown: 'generated/one', known: new Map() });
  const plan = { cluster: 'one', changes: [] } as unknown as ChangePlan;
  const components = { cluster: 'one', named: new Map(), required: new Map() };
  expect(componentFindings({ before: tree, after: tree }, plan, components)).toEqual([]);
});
