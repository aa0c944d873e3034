import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openCharts } from './chart-library.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'fluxwright-library-'));
  mkdirSync(join(root, 'charts/pulled'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

it('finds what was pulled without a word, and takes what is vendored before it', () => {
  writeFileSync(join(root, 'charts/pulled/web-1.2.0.tgz'), 'pulled');
  expect(openCharts(root, 'charts').find('web', 'v1.2.0')?.file).toBe('charts/pulled/web-1.2.0.tgz');
  writeFileSync(join(root, 'charts/web-1.2.0.tgz'), 'vendored');
  expect(openCharts(root, 'charts').find('web', '1.2.0')?.file).toBe('charts/web-1.2.0.tgz');
});

it('finds nothing outside of its folder', () => {
  writeFileSync(join(root, 'web-1.2.0.tgz'), 'outside');
  expect(openCharts(root, 'charts').find('../web', '1.2.0')).toBeUndefined();
  expect(openCharts(root, 'charts').find('pulled/web', '1.2.0')).toBeUndefined();
});
