import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compile } from '@fluxwright/compiler';
import { hasErrors } from '@fluxwright/diagnostics';
import { configMap, contracts } from '../../compiler/test/sample-services.ts';
import { component, defaults, type Files, pair, writeFiles } from '../../compiler/test/sample-workspace.ts';
import { type PublishOptions, publishClusters } from '../src/publish-clusters.ts';

export interface PairWorkspace {
  readonly root: string;
  /** Writes the part of a cluster in the pair, and builds both. */
  say(name: 'north' | 'south', role: string): Promise<void>;
  /** Replaces a text in a file, and builds both. */
  edit(file: string, from: string, to: string): Promise<void>;
  publish(environment: PublishOptions['environment'], clusters?: readonly string[]): ReturnType<typeof publishClusters>;
  remove(): void;
}

const databases: Files = component(
  'databases',
  `  namespace: databases
  provides:
    services:
      - kind: database
        outputs: {name: "{{request.object}}"}
        pair: {strategy: stream, ways: {port: {}}}
`,
  {
    'services/database.yaml.hbs': configMap('{{request.object}}', { role: '{{#if pair}}{{pair.role}}{{/if}}' }),
    'install/a.yaml': configMap('databases', { is: 'here' }),
  },
);

const shop: Files = component(
  'shop',
  '  namespace: shop\n  requires: {services: [{kind: database, name: db, protect: replicate}]}\n',
  { 'install/a.yaml': configMap('shop', { is: 'open' }) },
);

/** Two clusters of one repository, north the primary of a shop's database and south its standby; built. */
export async function pairWorkspace(url: string): Promise<PairWorkspace> {
  const root = mkdtempSync(join(tmpdir(), 'fluxwright-pair-'));
  writeFiles(root, {
    ...contracts,
    ...databases,
    ...shop,
    ...pair(['databases', 'shop'], { north: 'role: primary', south: 'role: standby' }),
    'clusters/defaults.yaml': (defaults['clusters/defaults.yaml'] ?? '').replace(
      'https://git.example.com/fleet.git',
      url,
    ),
  });
  const build = async (): Promise<void> => {
    const { diagnostics } = await compile({ root });
    if (hasErrors(diagnostics)) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  };
  const edit = (file: string, from: RegExp | string, to: string): void => {
    const text = readFileSync(join(root, file), 'utf8');
    if (typeof from === 'string' ? !text.includes(from) : !from.test(text)) throw new Error(`${file} has no ${from}`);
    writeFileSync(join(root, file), text.replace(from, to));
  };
  await build();
  return {
    root,
    // Both sides are said one after the other: in between they do not fit, and nothing is built.
    say: async (name, role) => {
      edit(`clusters/${name}/cluster.yaml`, /role: \w+/, `role: ${role}`);
      await compile({ root });
    },
    edit: async (...change) => {
      edit(...change);
      await build();
    },
    publish: (environment, clusters) =>
      publishClusters({ root, mode: 'push', environment, idleSeconds: 5, ...(clusters && { clusters }) }),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
