import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ignoredByGit } from '@fluxwright/documents';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadWorkspace } from './load-workspace.ts';

const files: Readonly<Record<string, string>> = {
  '.gitignore':
    'dist/\n/reports/\n*.tmp\n!keep.tmp\ncoverage\n# a comment\n/fleet/clusters/*/local.yaml\ndocs/**/draft\n',
  'fleet/components/x/.gitignore': '*.yaml\n!component.yaml\n/install/*\n!/install/a.yaml\n',
  'fleet/components/y/kustomize/.gitignore': '!dist/\n',
};

const asked = [
  'components/w/kustomize/dist/cm.yaml',
  'components/w/dist',
  'components/w/kustomize/cm.yaml',
  'components/w/reports/a.yaml',
  'components/w/coverage/a.yaml',
  'components/w/a.tmp',
  'components/w/keep.tmp',
  'components/x/component.yaml',
  'components/x/values.yaml',
  'components/x/install/a.yaml',
  'components/x/install/b.yaml.hbs',
  'components/y/kustomize/dist/cm.yaml',
  'components/y/kustomize/dist/a.tmp',
  'components/y/dist/deep/er/keep.tmp',
  'clusters/one/local.yaml',
  'clusters/one/cluster.yaml',
  'docs/a/b/draft/c.yaml',
];

let top: string;
beforeAll(() => {
  top = mkdtempSync(join(tmpdir(), 'fluxwright-ignored-'));
  execFileSync('git', ['init', '--quiet'], { cwd: top });
  for (const [file, text] of Object.entries(files)) write(file, text);
});
afterAll(() => rmSync(top, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(top, file)), { recursive: true });
  writeFileSync(join(top, file), text);
}

describe('git and we ignore the same', () => {
  it.each(asked)('%s', (file) => {
    const git = gitsRule(`fleet/${file}`);
    const rule = ignoredByGit(join(top, 'fleet'))(file);
    expect(rule && `${join('fleet', rule.span.file)}:${rule.span.start?.line}`).toBe(git);
  });
});

it('what npm installs is never committed, and read all the same', () => {
  write('.gitignore', 'node_modules/\n');
  expect(ignoredByGit(join(top, 'fleet'))('node_modules/a/component.yaml')).toBeUndefined();
  write('.gitignore', files['.gitignore'] ?? '');
});

it('load refuses to read what git ignores, and is silent on what nothing reads', () => {
  const component = {
    'component.yaml':
      'apiVersion: fluxwright.dev/v1\nkind: Component\nmetadata: {name: z}\nspec: {title: Z, description: Z., namespace: z}\n',
    'package.json': '{"name": "z", "version": "0.1.0"}',
    'values.schema.json': '{"type": "object", "additionalProperties": false}',
    'reports/run.txt': '',
    'scratch.tmp': '',
    'stray.txt': '',
    'kustomize/dist/cm.yaml': 'a: 1\n',
  };
  for (const [file, text] of Object.entries(component)) write(`fleet/components/z/${file}`, text);
  write(
    'fleet/clusters/one/cluster.yaml',
    'apiVersion: fluxwright.dev/v1\nkind: Cluster\nmetadata: {name: one}\nspec: {}\n',
  );
  const { value, diagnostics } = loadWorkspace(join(top, 'fleet'));
  const own = diagnostics.filter(({ primary }) => primary?.file.startsWith('components/z/'));
  expect(own.map(({ code, primary }) => `${code} ${primary?.file}`)).toEqual([
    'load/ignored-file components/z/kustomize/dist/cm.yaml',
    'load/unused-file components/z/reports/run.txt',
    'load/unused-file components/z/stray.txt',
  ]);
  expect(value.broken.has('components/z')).toBe(true);
});

/** `file:line` of the rule by `git check-ignore`, undefined where git keeps the file. */
function gitsRule(file: string): string | undefined {
  try {
    const text = execFileSync('git', ['check-ignore', '--verbose', '--no-index', file], { cwd: top, encoding: 'utf8' });
    const [, rule, pattern = ''] = /^(.*:\d+):(.*)\t/.exec(text) ?? [];
    return pattern.startsWith('!') ? undefined : rule;
  } catch {
    return undefined;
  }
}
