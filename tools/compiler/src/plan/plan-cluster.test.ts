import { describe, expect, it } from 'vitest';
import { cluster, component, type Files, resolveFiles } from '../../test/sample-workspace.ts';
import { planCluster } from './plan-cluster.ts';

const schema = JSON.stringify({
  type: 'object',
  additionalProperties: false,
  properties: {
    a: { type: 'string' },
    b: { type: 'object', additionalProperties: false, properties: { c: {}, d: {} } },
  },
});

function planOf(template: string, spec = ''): Readonly<Record<string, { reads: readonly string[]; digest: string }>> {
  const files: Files = {
    ...component('web', '  namespace: web\n', { 'values.schema.json': schema, 'install/a.yaml.hbs': template }),
    ...component('more', '  namespace: kube-system\n'),
    ...cluster('one', spec || '  components: [web]\n'),
  };
  const [resolved] = resolveFiles(files);
  if (resolved === undefined) throw new Error('the sample has no cluster');
  return Object.fromEntries(planCluster(resolved).value.tasks.map(({ id, reads, digest }) => [id, { reads, digest }]));
}

const digest = (template: string, spec?: string) => planOf(template, spec)['web/install/a.yaml.hbs']?.digest;

describe('a plan', () => {
  it('lists the tasks of a cluster', () => {
    expect(Object.keys(planOf('a'))).toEqual(['sync', 'web/flux', 'web/install/a.yaml.hbs']);
  });

  it.each([
    ['nothing', 'a', []],
    ['paths', '{{values.a}}{{cluster.domain}}', ['cluster.domain', 'values.a']],
    ['branches that are not taken', '{{#if false}}{{values.b.c}}{{/if}}', ['values.b.c']],
    ['the whole of what it loops over', '{{#each values.b as |v|}}{{v.x}}{{/each}}{{values.b.c}}', ['values.b']],
    [
      'paths through blocks',
      '{{#each cluster.nodes.pools}}{{../values.a}}{{@root.cluster.name}}{{/each}}',
      ['cluster.name', 'cluster.nodes.pools', 'values.a'],
    ],
    ['what it asks the cluster', '{{#if (or (has "more") (capability "dns"))}}{{/if}}', ['has:more', 'capability:dns']],
    ['a computed question', '{{#if (has values.a)}}{{/if}}', ['values.a', 'has:*']],
    ['everything', '{{toYaml this}}', ['']],
  ])('reads %s', (_, template, wanted) => {
    expect(planOf(template)['web/install/a.yaml.hbs']?.reads).toEqual(wanted);
  });

  it('changes a digest with what the template reads, and with nothing else', () => {
    const template = '{{values.a}}{{#if (has "more")}}{{/if}}';
    const plain = digest(template, '  components: [web]\n');
    expect(digest(template, '  components: [web]\n  values: {web: {b: {c: 1}}}\n')).toBe(plain);
    expect(digest(template, '  components: [web]\n  values: {web: {a: x}}\n')).not.toBe(plain);
    expect(digest(template, '  components: [web, more]\n')).not.toBe(plain);
    expect(digest(`${template} `, '  components: [web]\n')).not.toBe(plain);
  });

  it('tells maps of another key order apart, because templates keep it', () => {
    const of = (map: string) => digest('{{toYaml values.b}}', `  components: [web]\n  values: {web: {b: ${map}}}\n`);
    expect(of('{c: 1, d: 2}')).not.toBe(of('{d: 2, c: 1}'));
  });
});
