import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTempWorkspace, type TempWorkspace } from './temp-workspace.ts';

const root = join(import.meta.dirname, '../../..');

/**
 * A step of the tutorial: a command to run, text its output has, or a file to write. The file is the last one that the
 * prose above names.
 */
interface Step {
  readonly language: string;
  readonly text: string;
  readonly file?: string;
}

function steps(markdown: string): readonly Step[] {
  return [...markdown.matchAll(/([^`]*?(?:`[^`\n]+`[^`]*?)*)```([^\n]+)\n(.*?)```/gs)].map(
    ([, prose = '', language = '', text = '']) => {
      const file = [...prose.matchAll(/`((?:components|clusters)\/[^`]+\.[a-z]+)`/g)].at(-1)?.[1];
      return { language, text, ...(file === undefined ? {} : { file }) };
    },
  );
}

/** The inputs of this workspace. */
function inputs(): Record<string, string> {
  const files = ['components', 'products', 'clusters'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  return Object.fromEntries(files.map((file) => [file.slice(root.length + 1), readFileSync(file, 'utf8')]));
}

let workspace: TempWorkspace;
beforeAll(() => {
  workspace = makeTempWorkspace(inputs());
});
afterAll(() => workspace.close());

/** Each plugin has a process of its own, as Nx does it without a word. */
const asUsers = { NX_ISOLATE_PLUGINS: 'true' };

/** Runs a line of the tutorial. npm install is left out: the packages of a temporary workspace are links. */
function runLine(line: string): { readonly code: number; readonly output: string } {
  const [npx, program = '', ...args] = line.split(' ');
  expect(npx).toBe('npx');
  const generator = program === 'nx' && args[0] === 'g' ? ['--skipInstall'] : [];
  const run = workspace.command(join(workspace.root, 'node_modules/.bin', program), [...args, ...generator], asUsers);
  return { code: run.code, output: run.stdout + run.stderr };
}

describe('docs/tutorial/add-a-component.md', () => {
  const all = steps(readFileSync(join(root, 'docs/tutorial/add-a-component.md'), 'utf8'));
  let output = '';

  it('has steps of every kind', () => {
    expect(new Set(all.map(({ language }) => language))).toEqual(new Set(['sh', 'sh fails', 'text', 'json', 'yaml']));
  });

  it.each(all.map((step, index) => ({ ...step, title: `${index + 1}: ${step.file ?? step.text.split('\n')[0]}` })))(
    '$title',
    ({ language, text, file }) => {
      if (language === 'text') expect(output).toContain(text.trim());
      else if (language.startsWith('sh')) {
        for (const line of text.trim().split('\n')) {
          const run = runLine(line);
          output = run.output;
          expect(run.code === 0, output).toBe(language === 'sh');
        }
      } else {
        expect(file).toBeDefined();
        workspace.write(file ?? '', text);
      }
    },
  );
});
