import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testComponents } from './test-components.ts';
import { testReport } from './test-report.ts';

const sample = path.join(import.meta.dirname, '../../testing/fixtures/workspace');

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'fluxwright-component-test-'));
  cpSync(sample, root, { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}

function writeCase(name: string, spec: string): void {
  const head = `apiVersion: fluxwright.dev/v1\nkind: ComponentTest\nmetadata: {name: ${name}}\nspec:\n`;
  write(`components/kiosk/tests/${name}.yaml`, `${head}  description: A test.\n${spec}`);
}

/** Codes that the tests of `kiosk` end with. */
async function codes(): Promise<readonly string[]> {
  const { results } = await testComponents({ root, components: ['kiosk'] });
  return results.flatMap(({ outcomes }) => outcomes.flatMap(({ failures }) => failures.map(({ code }) => code)));
}

describe('testComponents', () => {
  it('passes what holds, and reports it in the fields that CI counts', async () => {
    const { results } = await testComponents({ root, components: ['kiosk'] });
    const [report] = results.map(testReport);
    expect(report).toMatchObject({ numTotalTests: 3, numPassedTests: 3, numFailedTests: 0, success: true });
    expect(report?.testResults[0]?.assertionResults.map(({ title }) => title)).toEqual([
      'values.schema.json is closed, described and kept by values.yaml',
      'defaults: The kiosk has a name and opens after web is there.',
      'every value does something',
    ]);
  });

  it('tests every component of the workspace by default, and fails those without a case', async () => {
    const { results } = await testComponents({ root });
    expect(results.map(({ component }) => component)).toEqual(['kiosk', 'web', 'zone']);
    expect(testReport(results[1] as (typeof results)[0])).toMatchObject({ success: false });
  });

  it('does not look at the clusters of the fleet or their defaults', async () => {
    write('clusters/defaults.yaml', 'apiVersion: [');
    rmSync(path.join(root, 'clusters/one'), { recursive: true });
    expect(await codes()).toEqual([]);
  });

  it('takes the first option of a choice, and any other without its rules', async () => {
    write(
      'components/kiosk/install/dns.yaml.hbs',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: dns}\ndata:\n  provider: {{cluster.dns}}\n',
    );
    const expecting = (dns: string) =>
      `  expect:\n    objects: [{kind: ConfigMap, name: dns, matches: {data.provider: ${dns}}}]\n`;
    writeCase('first', expecting('cloudflare'));
    writeCase('paired', `  cluster: {dns: k8gb}\n${expecting('k8gb')}`);
    expect(await codes()).toEqual([]);
    writeCase('unknown', `  cluster: {dns: cloudfare}\n${expecting('cloudfare')}`);
    expect(await codes()).toEqual(['test/not-compiled', 'resolve/unknown-choice']);
  });

  it('takes a value that nobody answers a request with for one that does something', async () => {
    const schema = JSON.parse(readFileSync(path.join(root, 'components/kiosk/values.schema.json'), 'utf8'));
    schema.properties.queue = { description: 'Size of its queue.', type: 'integer', minimum: 1 };
    write('components/kiosk/values.schema.json', JSON.stringify(schema));
    expect(await codes()).toEqual(['test/unwired-value']);
    const request = { size: { description: 'Its size.', type: 'integer' } };
    write(
      'components/services.defs.json',
      JSON.stringify({
        kinds: {
          queue: {
            title: 'Queue',
            description: 'A queue.',
            phase: 'beside',
            request: { type: 'object', additionalProperties: false, properties: request },
            outputs: { type: 'object', additionalProperties: false },
          },
        },
      }),
    );
    const file = 'components/kiosk/component.yaml';
    const manifest = readFileSync(path.join(root, file), 'utf8').trimEnd();
    const services = [{ kind: 'queue', optional: true, with: { size: '{{values.queue}}' } }];
    write(file, `${manifest}\n    services: ${JSON.stringify(services)}\n`);
    expect(await codes()).toEqual([]);
  });

  it('shows templates the other cluster of a pair', async () => {
    write(
      'components/kiosk/install/peer.yaml.hbs',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: peer}\ndata:\n  domain: {{#if peer}}{{peer.domain}}{{else}}none{{/if}}\n',
    );
    writeCase('alone', '  expect:\n    objects: [{kind: ConfigMap, name: peer, matches: {data.domain: none}}]\n');
    writeCase(
      'pair',
      '  peer: {domain: b.example.com}\n  expect:\n    objects: [{kind: ConfigMap, name: peer, matches: {data.domain: b.example.com}}]\n',
    );
    expect(await codes()).toEqual([]);
  });

  it('fails a case whose neighbour cannot be read', async () => {
    write('components/web/component.yaml', 'spec: [');
    expect(await codes()).toEqual(['test/not-compiled']);
  });

  it('fails a component that cannot be read, in its own words', async () => {
    write('components/kiosk/values.schema.json', '{');
    expect(await codes()).toContain('load/json-syntax');
  });

  it('refuses keys, names and files that are no part of a case', async () => {
    writeCase('slip', '  values: {}\n  expects: {}\n');
    write('components/kiosk/tests/more/deep.yaml', '');
    write('components/kiosk/tests/other.yaml', 'apiVersion: fluxwright.dev/v1\n');
    writeCase('named', '  expect: {objects: [{kind: ConfigMap, name: kiosk, absent: true, matches: {a: 1}}]}\n');
    expect(new Set(await codes())).toEqual(
      new Set(['load/unknown-key', 'load/missing-key', 'load/unused-file', 'load/invalid-value']),
    );
  });

  it('says that a path is none', async () => {
    writeCase(
      'path',
      '  expect: {objects: [{kind: ConfigMap, name: kiosk, matches: {"data[": 1}, missing: ["data..x"]}]}\n',
    );
    expect(await codes()).toContain('load/invalid-value');
  });
});
