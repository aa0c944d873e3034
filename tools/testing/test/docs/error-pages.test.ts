import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { registry } from '@fluxwright/diagnostics';
import { checkedAgainst } from '@fluxwright/flux';
import { describe, expect, it } from 'vitest';
import { errorIndex } from '../../src/docs/error-index.ts';
import { externalLinks } from '../../src/docs/external-links.ts';

const docs = path.join(import.meta.dirname, '../../../../docs');
const pages = readdirSync(docs, { recursive: true, encoding: 'utf8' }).filter((each) => each.endsWith('.md'));
const read = (page: string) => readFileSync(path.join(docs, page), 'utf8');
const errorPages = pages.filter((page) => page.startsWith('errors/') && page !== 'errors/README.md');

it('docs/errors/README.md is what the registry and the rules say: npx nx run testing:error-index', () => {
  expect(read('errors/README.md')).toBe(errorIndex(registry, checkedAgainst));
});

it.each(errorPages)('%s has no empty block', (page) => {
  expect(read(page)).not.toMatch(/^```\w*\n\s*```$/m);
});

it.each(errorPages.filter((page) => page.startsWith('errors/lint/')))(
  '%s shows a tree and what is printed for it',
  (page) => {
    const code = page.replace(/^errors\/|\.md$/g, '');
    expect(read(page)).toMatch(/^```yaml\n# \S+\n/m);
    expect(read(page)).toMatch(new RegExp(`^(error|warning|hint)\\[${code}\\]: `, 'm'));
  },
);

describe('links within the documentation', () => {
  it.each(pages)('%s', (page) => {
    const dead = linksOf(page)
      .filter((link) => !/^\w+:/.test(link))
      .filter((link) => {
        const [file = '', anchor] = link.split('#');
        const target = file === '' ? page : path.join(path.dirname(page), file);
        if (!existsSync(path.join(docs, target))) return true;
        return anchor !== undefined && !anchorsOf(readFileSync(path.join(docs, target), 'utf8')).includes(anchor);
      });
    expect(dead).toEqual([]);
  });
});

it('each page links to other sites only where it is listed how that was looked up', () => {
  const outside = errorPages.flatMap(linksOf).filter((link) => link.startsWith('https://'));
  expect(outside.filter((link) => !(link in externalLinks))).toEqual([]);
  expect(Object.keys(externalLinks).filter((link) => !outside.includes(link))).toEqual([]);
});

it('a rule rests on code where code is named, and is seen running where the e2e tests name it', () => {
  const e2e = readFileSync(path.join(docs, '../tools/e2e/test/flux-rules.test.ts'), 'utf8');
  for (const [code, { read, sources, seen = false }] of Object.entries(checkedAgainst)) {
    expect([code, read === 'code']).toEqual([code, sources.some((each) => each.includes('.go'))]);
    expect([code, seen]).toEqual([code, e2e.includes(`'${code}'`)]);
  }
});

function linksOf(page: string): readonly string[] {
  const text = read(page).replace(/^```[\s\S]*?^```$/gm, '');
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
}

/** As the forges make them: lower case, dashes for spaces, nothing else but word characters. */
function anchorsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
