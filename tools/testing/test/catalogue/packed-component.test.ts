import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkComponent, loadWorkspace } from '@fluxwright/model';
import { expect, onTestFinished, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../../..');

test('a component that npm packed works in a workspace that has neither definitions nor contracts', () => {
  const own = [...loadWorkspace(root).value.components.values()];
  const component = own.find(
    ({ schema, answers, services }) =>
      answers.length > 0 && services.size > 0 && JSON.stringify(schema.value).includes('values.defs.json'),
  );
  if (component === undefined)
    throw new Error('no component takes a shared definition, answers a choice and provides a service');
  const other = mkdtempSync(path.join(tmpdir(), 'fluxwright-packed-'));
  onTestFinished(() => rmSync(other, { recursive: true, force: true }));
  // A copy, since packing writes into the folder.
  cpSync(path.join(root, component.folder), path.join(other, 'from', component.name), { recursive: true });
  for (const name of ['values.defs.json', 'services.defs.json'])
    cpSync(path.join(root, 'components', name), path.join(other, 'from', name));
  const folder = path.join(other, 'from', component.name);
  const packed = execFileSync('npm', ['pack', '--json', '--pack-destination', other], {
    cwd: folder,
    encoding: 'utf8',
  });
  const [{ name, filename }] = JSON.parse(packed);
  const target = path.join(other, 'node_modules', name);
  mkdirSync(target, { recursive: true });
  execFileSync('tar', ['-xzf', path.join(other, filename), '-C', target, '--strip-components=1']);
  writeFileSync(path.join(other, 'package.json'), JSON.stringify({ dependencies: { [name]: '0.1.0' } }));

  const installed = loadWorkspace(other).value.components.get(component.name);
  expect(installed?.folder).toBe(`node_modules/${name}`);
  expect(installed?.schema.value).toEqual(component.schema.value);
  const answersOf = (each = component) =>
    each.answers.map(({ choice, option, document }) => [choice, option, document.value]);
  expect(answersOf(installed)).toEqual(answersOf());
  expect(installed && checkComponent(installed)).toEqual([]);
  // A kind of another provider's own comes with that provider.
  const shared = JSON.parse(readFileSync(path.join(root, 'components/services.defs.json'), 'utf8')).kinds;
  const contractsOf = (each = component) =>
    [...each.contracts.values()]
      .filter(({ kind }) => Object.hasOwn(shared, kind))
      .map(({ kind, request, outputs }) => [kind, request.value, outputs.value]);
  expect(contractsOf(installed)).toEqual(contractsOf());
});
