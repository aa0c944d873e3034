import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isObject, type JsonValue } from '@fluxwright/documents';
import { loadWorkspace } from '@fluxwright/model';
import { describe, expect, test } from 'vitest';

// Whoever is called finds what to do: a word with the alert, and a page where it names one.

const root = path.resolve(import.meta.dirname, '../../../..');
const folder = path.join(root, 'docs/runbooks');
const alerts = [...loadWorkspace(root).value.components.values()].flatMap(({ name, spec }) =>
  (spec.requires?.services ?? [])
    .filter(({ kind }) => kind === 'alert')
    .flatMap(({ with: asked }) =>
      rulesOf(asked?.rules as JsonValue | undefined).map((rule) => ({ ...rule, of: `${name}: ${rule.alert}` })),
    ),
);
const pages = readdirSync(folder).filter((file) => file.endsWith('.md') && file !== 'README.md');

describe.each(alerts)('$of', ({ runbook, page }) => {
  test('says what to do first', () => expect(runbook).toMatch(/\S+ \S+/));

  test('the page it names is there', () => {
    if (page !== undefined) expect(existsSync(path.join(folder, `${page}.md`))).toBe(true);
  });
});

describe.each(pages)('%s', (file) => {
  test('is named by an alert, and in the list', () => {
    expect(alerts.map(({ page }) => `${page}.md`)).toContain(file);
    expect(readFileSync(path.join(folder, 'README.md'), 'utf8')).toContain(`](${file})`);
  });

  test('says what it means, where to look and what to do', () => {
    const text = readFileSync(path.join(folder, file), 'utf8');
    expect([...text.matchAll(/^\*\*(What it means|Look)\./gm)].map(([, word]) => word)).toEqual([
      'What it means',
      'Look',
    ]);
    expect(text).toMatch(/^\*\*(Mend|Afterwards)\./m);
  });
});

test('no two alerts have one name', () => {
  const names = alerts.map(({ alert }) => alert);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

interface Rule {
  readonly alert?: string;
  readonly runbook?: string;
  readonly page?: string;
}

function rulesOf(rules: JsonValue | undefined): readonly Rule[] {
  return Array.isArray(rules) ? rules.filter(isObject) : [];
}
