import { valueAt } from '@fluxwright/documents';
import { describe, expect, it } from 'vitest';
import { cluster, component, objectAt, renderFiles } from '../../test/sample-workspace.ts';

const disk = 'apiVersion: disk.example.com/v2\nkind: Disk\nmetadata:\n  name: one\n';
const shelf = 'apiVersion: disk.example.com/v1\nkind: Shelf\nmetadata:\n  name: one\n';
const operator = component(
  'operator',
  `  namespace: kube-system
  provides:
    kinds:
      - group: disk.example.com
        kind: Shelf
        ready: {current: has(status.full), failed: has(status.broken)}
      - group: disk.example.com
        kind: Disk
        ready: {current: has(status.size), inProgress: "!has(status.size)"}
      - {group: disk.example.com, kind: Label}
`,
);

function expressionsOf(spec: string, files: Readonly<Record<string, string>>) {
  const rendered = renderFiles({
    ...operator,
    ...component('user', `  namespace: kube-system\n  requires: {components: [operator]}\n${spec}`, files),
    ...cluster('one', '  components: [user]\n'),
  });
  const { object, origin } = objectAt(rendered, 'kustomizations/user.yaml');
  return {
    expressions: valueAt(object, ['spec', 'healthCheckExprs']),
    from: (index: number) => origin.trace(['spec', 'healthCheckExprs', index, 'current']).span.file,
  };
}

describe('when a stage is ready', () => {
  it('is said by who brings the kinds of its objects, sorted by kind, in the version of the object', () => {
    const { expressions, from } = expressionsOf('', { 'install/a.yaml': shelf, 'install/b.yaml': disk });
    expect(expressions).toEqual([
      {
        apiVersion: 'disk.example.com/v2',
        kind: 'Disk',
        current: 'has(status.size)',
        inProgress: '!has(status.size)',
      },
      { apiVersion: 'disk.example.com/v1', kind: 'Shelf', current: 'has(status.full)', failed: 'has(status.broken)' },
    ]);
    expect(from(0)).toBe('components/operator/component.yaml');
  });

  it('is said by the component itself where it knows better', () => {
    const own = '  readiness: {expressions: [{apiVersion: disk.example.com/v1, kind: Disk, current: "true"}]}\n';
    const { expressions, from } = expressionsOf(own, { 'install/a.yaml': shelf, 'install/b.yaml': disk });
    expect(expressions).toMatchObject([{ kind: 'Disk', current: 'true' }, { kind: 'Shelf' }]);
    expect(from(0)).toBe('components/user/component.yaml');
  });

  it('is said of objects that are checked besides', () => {
    const check = '  readiness: {checks: [{apiVersion: disk.example.com/v1, kind: Disk, name: far}]}\n';
    expect(expressionsOf(check, { 'install/a.yaml': shelf }).expressions).toMatchObject([
      { kind: 'Disk' },
      { kind: 'Shelf' },
    ]);
  });

  it('is not said of kinds that the stage has no object of', () => {
    const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\n';
    expect(expressionsOf('', { 'install/a.yaml': map }).expressions).toBeUndefined();
  });
});
