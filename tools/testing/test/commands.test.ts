import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { explain } from '@fluxwright/compiler';
import { loadWorkspace } from '@fluxwright/model';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeProgram } from '../../cli/src/program.ts';

const root = path.join(import.meta.dirname, '../../..');
const { value: workspace } = loadWorkspace(root);

/** What a reader is told to run, with the page that says it; a variable that the page sets before has its value. */
function commandsOf(file: string): readonly (readonly [command: string, file: string])[] {
  const written = readFileSync(path.join(root, file), 'utf8');
  const set = new Map([...written.matchAll(/^export (\w+)=(\S+)$/gm)].map(([, name, value]) => [name, value]));
  const text = written.replaceAll(/\$(\w+)/g, (variable, name) => set.get(name) ?? variable);
  const found = [
    ...text.matchAll(/(?:npx (?:nx|fluxwright)|npm (?:run )?(?:ci|cit|test|install|run \w+)) ?[^`\n#&|]*/g),
  ];
  return found.map(([command]) => [command.trim(), file] as const);
}

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...['docs', 'docs/tutorial', 'docs/ci-recipes'].flatMap((folder) =>
    readdirSync(path.join(root, folder))
      .filter((name) => /\.(md|yaml)$/.test(name))
      .map((name) => `${folder}/${name}`),
  ),
];
const commands = pages.flatMap(commandsOf);
const beginning = (text: string) => commands.filter(([command]) => command.startsWith(text));
/** Stands for a name that the reader chooses. */
const open = /[<…]|\bNAME\b/;

interface Graph {
  readonly graph: { readonly nodes: Readonly<Record<string, { data: { targets?: Record<string, unknown> } }>> };
}
let projects: Graph['graph']['nodes'] = {};

beforeAll(() => {
  const folder = mkdtempSync(path.join(tmpdir(), 'fluxwright-graph-'));
  try {
    const file = path.join(folder, 'graph.json');
    const environment = { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false' };
    execFileSync('npx', ['nx', 'graph', `--file=${file}`], { cwd: root, env: environment, stdio: 'pipe' });
    projects = (JSON.parse(readFileSync(file, 'utf8')) as Graph).graph.nodes;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** What the tutorial makes on its way. */
const made = /podinfo|my-system|my-cluster/;

describe('a command that a page names', () => {
  it.each(beginning('npx nx run ').filter(([command]) => !open.test(command)))(
    '%s (%s) has its project and target',
    (command) => {
      const [, project = '', target = ''] = /^npx nx run ([\w-]+):([\w-]+)/.exec(command) ?? [];
      if (made.test(project))
        return expect(Object.keys(projects['component-cert-manager']?.data.targets ?? {})).toContain(target);
      expect(Object.keys(projects)).toContain(project);
      expect(Object.keys(projects[project]?.data.targets ?? {})).toContain(target);
    },
  );

  it.each(beginning('npx nx g '))('%s (%s) has its generator and options', (command) => {
    const { generators } = JSON.parse(readFileSync(path.join(root, 'tools/nx-plugin/generators.json'), 'utf8'));
    const [, name = ''] = /^npx nx g (?:@fluxwright\/nx-plugin:)?([\w-]+)/.exec(command) ?? [];
    expect(Object.keys(generators)).toContain(name);
    const schema = JSON.parse(readFileSync(path.join(root, 'tools/nx-plugin', generators[name].schema), 'utf8'));
    for (const [, option = ''] of command.matchAll(/ --([\w-]+)/g))
      expect(Object.keys(schema.properties)).toContain(option);
  });

  it.each(beginning('npx fluxwright '))('%s (%s) is one that there is, with its options', (command) => {
    const program = makeProgram(() => undefined);
    const [, name = ''] = /^npx fluxwright ([\w-]+)/.exec(command) ?? [];
    const found = program.commands.find((each) => each.name() === name);
    expect(found, name).toBeDefined();
    const known = [...(found?.options ?? []), ...program.options].map(({ long }) => long);
    for (const [option] of command.matchAll(/--[\w-]+/g)) expect(known).toContain(option);
    const [, cluster] = /^npx fluxwright (?:explain|graph|validate|publish) ([\w-]+)/.exec(command) ?? [];
    if (cluster !== undefined && !open.test(command)) expect([...workspace.clusters.keys()]).toContain(cluster);
  });

  it.each(beginning('npx fluxwright explain ').filter(([command]) => !open.test(command) && !made.test(command)))(
    '%s (%s) explains something',
    async (command) => {
      const [cluster = '', object = '', at] = command.split(' ').slice(3);
      const { diagnostics } = await explain({ root, cluster, object, ...(at === undefined ? {} : { path: at }) });
      expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    },
  );

  it.each(beginning('npm '))('%s (%s) is one of npm, or a script', (command) => {
    const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
    const [, name = ''] = /^npm (?:run )?(\w+)/.exec(command) ?? [];
    expect(['ci', 'cit', 'install', ...Object.keys(scripts)]).toContain(name);
  });
});

const decisions = readdirSync(path.join(root, 'docs/decisions'));

/** A path from the root or the page; a decision may be named by its number. */
function exists(name: string, page: string): boolean {
  const number = /^docs\/decisions\/(\d{4}|NNNN-title\.md)$/.exec(name)?.[1];
  if (number !== undefined) return number.startsWith('NNNN') || decisions.some((each) => each.startsWith(number));
  return existsSync(path.join(root, name)) || existsSync(path.join(root, path.dirname(page), name));
}

it.each([...pages, 'ARCHITECTURE.md', 'GLOSSARY.md'])('%s names files that exist', (page) => {
  const text = readFileSync(path.join(root, page), 'utf8');
  const named = [
    ...text.matchAll(/(?:`|\()((?:\.\.\/)*(?:tools|docs|components|products|clusters)\/[\w./-]+)(?:`|\))/g),
  ];
  const missing = named
    .map(([, name = '']) => name)
    .filter((name) => !made.test(name) && !name.includes('...'))
    .filter((name) => !exists(name, page));
  expect(missing).toEqual([]);
});
