import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Span } from '@fluxwright/diagnostics';
import ignore, { type Ignore } from 'ignore';

/** A line of a .gitignore by which git does not keep a file. */
export interface IgnoreRule {
  readonly span: Span;
  /** Text of the file that holds it. */
  readonly text: string;
  /** What it matches, from the workspace: the file, or with a `/` at the end a folder above it. */
  readonly entry: string;
}

/** Finds the rule by which git ignores a file of the workspace; undefined where it keeps it. */
export type IgnoredByGit = (file: string) => IgnoreRule | undefined;

/**
 * Reads the .gitignore files of a repository as they are asked for (gitignore(5): the last rule that matches decides, those
 * of a deeper folder after those above, and nothing below an ignored folder comes back). What only this machine says is
 * left out: .git/info/exclude and core.excludesFile are in no other clone. So are npm's folders, which are never committed.
 */
export function ignoredByGit(root: string): IgnoredByGit {
  const top = repositoryOf(root);
  const below = path.relative(top, root).split(path.sep).join('/');
  const rules = new Map<string, Rules | undefined>();
  const rulesOf = (folder: string): Rules | undefined => {
    if (!rules.has(folder)) rules.set(folder, readRules(top, folder));
    return rules.get(folder);
  };
  const known = new Map<string, IgnoreRule | undefined>();
  const ruleFor = (entry: string): IgnoreRule | undefined => {
    if (known.has(entry)) return known.get(entry);
    const parent = path.posix.dirname(entry.replace(/\/$/, ''));
    const above = parent === '.' ? undefined : ruleFor(`${parent}/`);
    const found = above ?? ownRule(entry, rulesOf);
    known.set(entry, found);
    return found;
  };
  return (file) => {
    if (file.split('/').includes('node_modules')) return undefined;
    const rule = ruleFor(path.posix.join(below, file));
    if (rule === undefined) return undefined;
    const shown = path.posix.relative(below, rule.span.file);
    const entry = path.posix.relative(below, rule.entry) + (rule.entry.endsWith('/') ? '/' : '');
    return { ...rule, entry, span: { ...rule.span, file: shown } };
  };
}

interface Rules {
  readonly file: string;
  readonly text: string;
  readonly rules: Ignore;
}

function ownRule(entry: string, rulesOf: (folder: string) => Rules | undefined): IgnoreRule | undefined {
  const parts = entry.replace(/\/$/, '').split('/');
  let found: IgnoreRule | undefined;
  for (let depth = 0; depth < parts.length; depth += 1) {
    const folder = parts.slice(0, depth).join('/');
    const own = rulesOf(folder);
    if (own === undefined) continue;
    const { ignored, unignored, rule } = verdictOf(own, folder === '' ? entry : entry.slice(folder.length + 1));
    if (unignored) found = undefined;
    if (ignored && rule !== undefined) found = placed(own, { pattern: rule.pattern, line: Number(rule.mark), entry });
  }
  return found;
}

/**
 * What the rules of one file say of an entry in a folder that git keeps. The library takes an entry of an ignored folder for
 * ignored, too, and does not know that a file further down has taken the folder back: such a rule does not count.
 */
function verdictOf({ rules, text }: Rules, entry: string): ReturnType<Ignore['test']> {
  const above = path.posix.dirname(entry.replace(/\/$/, ''));
  const left = new Set<string | undefined>();
  for (let kept = rules; ; kept = parseRules(text, left)) {
    const { ignored, rule } = above === '.' ? { ignored: false } : kept.test(`${above}/`);
    if (!ignored || rule === undefined) return kept.test(entry);
    left.add(rule.mark);
  }
}

function placed(
  { file, text }: Rules,
  { pattern, line, entry }: { readonly pattern: string; readonly line: number; readonly entry: string },
): IgnoreRule {
  const end = { line, column: pattern.length + 1 };
  return { span: { file, start: { line, column: 1 }, end }, text, entry };
}

function readRules(top: string, folder: string): Rules | undefined {
  const file = path.posix.join(folder, '.gitignore');
  let text: string;
  try {
    text = readFileSync(path.join(top, file), 'utf8');
  } catch {
    return undefined;
  }
  return { file, text, rules: parseRules(text) };
}

/** The rules of a text, each marked with its line; those of some lines left out. */
function parseRules(text: string, left: ReadonlySet<string | undefined> = new Set()): Ignore {
  const rules = ignore();
  for (const [index, pattern] of text.split(/\r?\n/).entries()) {
    const mark = String(index + 1);
    if (!left.has(mark)) rules.add({ pattern, mark });
  }
  return rules;
}

/** The nearest folder above that git's own lies in; the workspace itself where there is none. */
function repositoryOf(root: string): string {
  for (let folder = root; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, '.git'))) return folder;
    if (folder === path.dirname(folder)) return root;
  }
}
