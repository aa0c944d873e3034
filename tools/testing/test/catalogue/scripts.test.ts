import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readObjects } from '../../src/catalogue/read-objects.ts';

// Scripts that pods of the samples run: a shell can read them, and those with a recording (components/*/docs/scripts) ask their program
// what they asked the real one, in this order and with these tokens, and make of its answers what they made then.

const root = path.resolve(import.meta.dirname, '../../../..');
const folder = mkdtempSync(path.join(tmpdir(), 'scripts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const samples = globSync('generated/*/provenance.json', { cwd: root }).map(path.dirname);
const objects = samples.flatMap((sample) => readObjects(path.join(root, sample)));
const scripts = new Map(
  objects
    .filter(({ kind }) => kind === 'ConfigMap')
    .flatMap(({ metadata, data = {} }) =>
      Object.entries(data).flatMap(([key, text]) =>
        key.endsWith('.sh') ? [[`${metadata.name} ${key}`, text] as const] : [],
      ),
    ),
);

test.each([...scripts])('%s is a script of sh', (_, text) => {
  execFileSync('sh', ['-n'], { input: text });
});

interface Recording {
  readonly job: string;
  readonly program: string;
  readonly cases: readonly {
    readonly name: string;
    readonly left?: string;
    readonly answers: readonly { run: string; token?: string; exit?: number; says?: string }[];
  }[];
}

const recordings = globSync('components/*/docs/scripts/*.yaml', { cwd: root }).map(
  (file) => [file, parse(readFileSync(path.join(root, file), 'utf8')) as Recording] as const,
);

describe.each(recordings)('%s', (_, { job, program, cases }) => {
  const found = objects.find(({ kind, metadata }) => kind === 'Job' && metadata.name === job);
  const [container] = (found?.spec as JobSpec | undefined)?.template.spec.containers ?? [];
  const text = scripts.get(`${job} ${path.basename(container?.command.at(-1) ?? '')}`) ?? '';

  test.each(cases)('$name', async ({ name, left, answers }) => {
    const here = path.join(folder, name.replaceAll(' ', '-'));
    mkdirSync(path.join(here, 'bin'), { recursive: true });
    answers.forEach(({ says = '', exit = 0 }, index) => {
      writeFileSync(path.join(here, `${index}.says`), says);
      writeFileSync(path.join(here, `${index}.exit`), `${exit}`);
    });
    writeFileSync(path.join(here, 'bin', program), standIn);
    chmodSync(path.join(here, 'bin', program), 0o755);
    if (left !== undefined) writeFileSync(path.join(here, 'left'), left);
    const env = {
      ...Object.fromEntries((container?.env ?? []).map((each) => [each.name, each.value])),
      PATH: `${path.join(here, 'bin')}:${process.env.PATH}`,
      HERE: here,
      PAUSE: '0',
      LEFT: path.join(here, 'left'),
    };
    writeFileSync(path.join(here, 'script.sh'), text);
    const { code, output } = await run(path.join(here, 'script.sh'), env);
    const calls = existsSync(path.join(here, 'calls')) ? readFileSync(path.join(here, 'calls'), 'utf8') : '';
    expect(calls.split('\n').slice(0, -1)).toEqual(answers.map(({ run, token = '' }) => `${token}|${run}`));
    expect(code).toBe(0);
    // Tokens are for the program alone.
    for (const { token } of answers) if (token !== undefined) expect(output).not.toContain(token);
  });
});

/** Says what was recorded of the call of this number, and writes down what it was asked, and with which token. */
const standIn = `#!/bin/sh
touch "$HERE/calls"
n=$(grep -c '' "$HERE/calls")
printf '%s|%s\\n' "\${BAO_TOKEN:-}" "$*" >> "$HERE/calls"
[ -f "$HERE/$n.says" ] || exit 97
cat "$HERE/$n.says"
exit "$(cat "$HERE/$n.exit")"
`;

interface JobSpec {
  readonly template: {
    readonly spec: {
      readonly containers: readonly {
        readonly command: readonly string[];
        readonly env: readonly { readonly name: string; readonly value: string }[];
      }[];
    };
  };
}

function run(file: string, env: Readonly<Record<string, string>>): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    execFile('sh', [file], { env, timeout: 20_000 }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), output: stdout + stderr }),
    );
  });
}
