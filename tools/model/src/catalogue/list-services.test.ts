import { expect, it } from 'vitest';
import { cluster, component, writeWorkspace } from '../../test/write-workspace.ts';
import { loadWorkspace } from '../load/load-workspace.ts';
import { clusterMembers } from './cluster-members.ts';
import { listServices } from './list-services.ts';

const closed = { type: 'object', additionalProperties: false, properties: {} };
const contract = (title: string) => ({
  title,
  description: `${title}.`,
  phase: 'before',
  request: closed,
  outputs: closed,
});

it('says of each kind who makes it, in which clusters, and who asks for it', () => {
  const template = 'kind: Thing\napiVersion: v1\nmetadata:\n  name: thing\n';
  const { value, diagnostics } = loadWorkspace(
    writeWorkspace({
      'components/services.defs.json': { kinds: { database: contract('Database'), store: contract('Store') } },
      ...component('pg', {
        provides: {
          services: [{ kind: 'database', outputs: {}, requires: { services: [{ kind: 'store', name: 'backup' }] } }],
        },
      }),
      'components/pg/services/database.yaml.hbs': template,
      ...component('app', { requires: { services: [{ kind: 'database', name: 'db' }] } }),
      ...component('view', { requires: { services: [{ kind: 'database', optional: true, of: 'app/db' }] } }),
      ...cluster('one', { components: ['app'] }),
      ...cluster('two', { components: ['view'] }),
    }),
  );
  expect(diagnostics).toEqual([]);
  expect(listServices(value, clusterMembers(value).members)).toEqual([
    {
      kind: 'database',
      title: 'Database',
      description: 'Database.',
      phase: 'before',
      providedBy: [{ component: 'pg', stage: 'install', clusters: ['one'] }],
      requestedBy: [
        { component: 'app', name: 'db', optional: false },
        { component: 'view', name: 'database', optional: true, of: 'app/db' },
      ],
    },
    {
      kind: 'store',
      title: 'Store',
      description: 'Store.',
      phase: 'before',
      providedBy: [],
      requestedBy: [{ component: 'pg', name: 'backup', optional: false, neededFor: 'database' }],
    },
  ]);
});
