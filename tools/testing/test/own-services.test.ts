import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

// Components may have a service of their own in the folder service/: its tests need Node alone, as the service does.

const root = path.resolve(import.meta.dirname, '../../..');
const services = globSync('components/*/service/package.json', { cwd: root })
  .map((file) => path.dirname(file))
  .sort();

test('there are services of our own', () => {
  expect(services.length).toBeGreaterThan(0);
});

// Those with dependencies are projects of Nx, with a target test of their own.
const alone = (service: string): boolean =>
  JSON.parse(readFileSync(path.join(root, service, 'package.json'), 'utf8')).nx === undefined;

test.each(services.filter((each) => existsSync(path.join(root, each, 'src/main.ts')) && alone(each)))(
  '%s passes its tests',
  (service) => {
    const files = globSync('test/*.test.ts', { cwd: path.join(root, service) }).sort();
    expect(files.length).toBeGreaterThan(0);
    execFileSync(process.execPath, ['--test', ...files], { cwd: path.join(root, service), stdio: 'pipe' });
  },
);
