import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { createRenderer, EngineError, type FileTree, RenderError, type TemplateOptions } from '../src/index.ts';

const mebibyte = 1_048_576;
const renderer = await createRenderer({
  size: 1,
  timeoutMs: 15_000,
  memoryBytes: 384 * mebibyte,
  outputBytes: 16 * mebibyte,
});
afterAll(() => renderer.close());

const chartFile = 'apiVersion: v2\nname: hostile\nversion: 1.0.0\n';

function template(chart: TemplateOptions['chart'], values: Record<string, unknown> = {}, timeoutMs?: number) {
  const release = { name: 'r', namespace: 'n' };
  const bound = timeoutMs === undefined ? {} : { timeoutMs };
  return renderer.template({ chart, values, release, kubernetesVersion: '1.36.2', apiVersions: ['v1'], ...bound });
}

const withTemplate = (text: string): { files: FileTree } => ({
  files: { 'Chart.yaml': chartFile, 'templates/a.yaml': text },
});

/** Every kind of error that `run` may end in, then a request that must work. */
async function endsIn(run: Promise<unknown>): Promise<string> {
  const error = await run.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  const good = await template(withTemplate('kind: ConfigMap\napiVersion: v1\nmetadata: {name: {{ .Values.name }}}'), {
    name: 'good',
  });
  expect(good.objects.map((object) => object.name)).toEqual(['good']);
  if (error instanceof RenderError) return error.fault.kind;
  if (error instanceof EngineError) return `engine: ${error.kind}`;
  throw error ?? new Error('the hostile input was taken');
}

describe('hostile charts end within their bounds, and the next request works', () => {
  it('a template that includes itself', async () => {
    const loop = '{{ define "loop" }}{{ include "loop" . }}{{ end }}{{ include "loop" . }}';
    expect(await endsIn(template(withTemplate(loop)))).toMatch(/^(template|engine: panic)$/);
  });

  it('a template that calls itself', async () => {
    const loop = '{{ define "loop" }}{{ template "loop" . }}{{ end }}{{ template "loop" . }}';
    expect(await endsIn(template(withTemplate(loop)))).toMatch(/^(template|engine: panic)$/);
  });

  it('a value that is a template of itself', async () => {
    const run = template(withTemplate('{{ tpl .Values.self . }}'), { self: '{{ tpl .Values.self . }}' });
    expect(await endsIn(run)).toMatch(/^(template|engine: (panic|memory|timeout))$/);
  });

  it('a range without end', async () => {
    const run = template(withTemplate('{{ range 9000000000000000000 }}{{ end }}'), {}, 3_000);
    expect(await endsIn(run)).toBe('engine: timeout');
  });

  it('200 MB of output', async () => {
    const run = template(withTemplate('a: {{ range 200 }}{{ repeat 1048576 "x" }}{{ end }}'));
    expect(await endsIn(run)).toMatch(/^(size|engine: memory)$/);
  });

  it('output that is small enough for memory and too large for the bound', async () => {
    const run = template(withTemplate('a: {{ range 20 }}{{ repeat 1048576 "x" }}{{ end }}'));
    expect(await endsIn(run)).toBe('size');
  });

  it('a dictionary that holds itself', async () => {
    const cycle = '{{ $d := dict }}{{ $_ := set $d "self" $d }}';
    expect(await endsIn(template(withTemplate(`${cycle}a: {{ $d }}`)))).toBe('engine: memory');
  });

  it('an expression of very many groups', async () => {
    const slow = '{{ regexFindAll (repeat 2000 "(a?)") (repeat 20000 "a") -1 | len }}';
    expect(await endsIn(template(withTemplate(slow), {}, 3_000))).toBe('engine: timeout');
  });

  it('more memory than allowed in one step', async () => {
    expect(await endsIn(template(withTemplate('a: {{ repeat 2000000000 "x" | len }}')))).toBe('engine: memory');
  });

  it('a YAML bomb in a template, in values.yaml and in Chart.yaml', async () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefghi'.split('').map((key, i) => `${key}: &${key} [${`*${'abcdefgh'[i]},`.repeat(9)}]`),
    ].join('\n');
    expect(await endsIn(template(withTemplate(bomb)))).toBe('yaml');
    expect(await endsIn(template({ files: { 'Chart.yaml': chartFile, 'values.yaml': bomb } }))).toBe('chart');
    expect(await endsIn(template({ files: { 'Chart.yaml': chartFile + bomb } }))).toBe('chart');
  });

  it('deeply nested YAML', async () => {
    expect(await endsIn(template(withTemplate(`a: ${'['.repeat(200_000)}`)))).toMatch(/^(yaml|engine: panic)$/);
  });

  it('a schema that asks the network', async () => {
    const files = { 'Chart.yaml': chartFile, 'values.schema.json': '{"$ref":"http://127.0.0.1:1/schema.json"}' };
    expect(await endsIn(template({ files }))).toBe('values-schema');
  });

  it('a schema that asks the file system', async () => {
    const files = { 'Chart.yaml': chartFile, 'values.schema.json': '{"$ref":"file:///etc/passwd"}' };
    expect(await endsIn(template({ files }))).toBe('values-schema');
  });

  it('values, files and keys named __proto__ are plain data', async () => {
    const values = JSON.parse(
      '{"__proto__": {"polluted": "yes"}, "constructor": {"prototype": 1}, "name": "p"}',
    ) as Record<string, unknown>;
    const files: FileTree = Object.fromEntries([
      ['Chart.yaml', chartFile],
      ['__proto__', 'file'],
      [
        'templates/a.yaml',
        'kind: A\napiVersion: v1\nmetadata: {name: {{ .Values.name }}}\n__proto__: {{ .Values.__proto__ | toJson }}\nc: {{ .Values.constructor | toJson }}\nf: {{ .Files.Get "__proto__" }}',
      ],
    ]);
    const { objects } = await template({ files }, values);
    expect(JSON.stringify(objects[0]?.object)).toBe(
      '{"__proto__":{"polluted":"yes"},"apiVersion":"v1","c":{"prototype":1},"f":"file","kind":"A","metadata":{"name":"p"}}',
    );
    expect(({} as { polluted?: string }).polluted).toBeUndefined();
  });
});

describe('hostile archives are refused', () => {
  it.each(['hostile/../../evil', 'hostile//etc/passwd', 'hostile\\..\\..\\evil', 'x/../../evil', 'x/c:/evil'])(
    'a path %s',
    async (path) => {
      const archive = tarball({ 'hostile/Chart.yaml': chartFile, [path]: 'evil' });
      expect(await endsIn(template({ archive }))).toBe('chart');
    },
  );

  it('a bomb of 150 MB', async () => {
    const archive = tarball({ 'hostile/Chart.yaml': chartFile, 'hostile/zeros': '\0'.repeat(150 * mebibyte) });
    expect(archive.byteLength).toBeLessThan(mebibyte);
    expect(await endsIn(template({ archive }))).toMatch(/^(size|engine: memory)$/);
  });

  it('subcharts that unpack to 90 MB each', async () => {
    const zeros = '\0'.repeat(90 * mebibyte);
    const bombs = Array.from({ length: 8 }, (_, i) =>
      tarball({ [`b${i}/Chart.yaml`]: chartFile, [`b${i}/zeros`]: zeros }),
    );
    const archive = tarball({
      'hostile/Chart.yaml': chartFile,
      ...Object.fromEntries(bombs.map((bomb, i) => [`hostile/charts/b${i}.tgz`, bomb])),
    });
    expect(await endsIn(template({ archive }))).toBe('engine: memory');
  });

  it('bytes that are no archive, and a truncated one', async () => {
    expect(await endsIn(template({ archive: new TextEncoder().encode('not gzip') }))).toBe('chart');
    const whole = tarball({ 'hostile/Chart.yaml': chartFile, 'hostile/templates/a.yaml': 'a: b' });
    expect(await endsIn(template({ archive: whole.subarray(0, whole.byteLength - 20) }))).toBe('chart');
  });

  it.each(['../evil', '/etc/passwd', 'a//b', 'a/../b', 'a\\b', ''])('a file map with the path %s', async (path) => {
    expect(await endsIn(template({ files: { 'Chart.yaml': chartFile, [path]: 'evil' } }))).toBe('chart');
  });
});

describe('hostile sources end within their bounds', () => {
  it('a resource above the source', async () => {
    const run = renderer.build({ files: { 'a/kustomization.yaml': 'resources: [../../../../etc/passwd]' }, path: 'a' });
    expect(await endsIn(run)).toBe('kustomization');
  });

  it.each([
    'https://example.com/a.yaml',
    'github.com/owner/repo//deploy?ref=v1',
    'git@example.com:owner/repo.git',
    'ssh://example.com/repo',
  ])('a base on another host: %s', async (base) => {
    const files = {
      'top/kustomization.yaml': 'resources: [../mid]',
      'mid/kustomization.yaml': `resources: ["${base}"]`,
    };
    expect(await endsIn(renderer.build({ files, path: 'top' }))).toBe('remote-base');
  });

  it('a YAML bomb', async () => {
    const lines = ['a0: &a0 [x,x,x,x,x,x,x,x,x]'];
    for (let i = 1; i < 10; i++) lines.push(`a${i}: &a${i} [${`*a${i - 1},`.repeat(9)}]`);
    const object = `apiVersion: v1\nkind: A\nmetadata: {name: a}\n${lines.join('\n')}`;
    expect(await endsIn(renderer.build({ files: { 'a.yaml': object } }))).toMatch(
      /^(kustomization|engine: (memory|timeout|panic))$/,
    );
  });

  it('a variable that grows with each use', async () => {
    const data = `$\{v//x/$\{v}}`.repeat(200);
    const yaml = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: "${data}"}\n`;
    const run = renderer.substitute({ yaml, variables: { v: 'x'.repeat(2000) } });
    expect(await endsIn(run)).toBe('engine: memory');
  });

  it('paths outside of the source', async () => {
    expect(await endsIn(renderer.build({ files: { '../a.yaml': '' } }))).toBe('request');
    expect(await endsIn(renderer.build({ files: { 'a.yaml': '' }, path: '../..' }))).toBe('kustomization');
    expect(await endsIn(renderer.build({ files: { 'a.yaml': '' }, path: 'nowhere' }))).toBe('kustomization');
  });
});

/** A ustar archive of `files`, gzipped. https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html#tag_20_92_13_06 */
function tarball(files: FileTree): Uint8Array {
  const blocks = Object.entries(files).flatMap(([path, content]) => {
    const body = typeof content === 'string' ? Buffer.from(content) : content;
    const header = Buffer.alloc(512);
    header.write(path, 0);
    header.write('0000644\0', 100);
    header.write(`${body.length.toString(8).padStart(11, '0')}\0`, 124);
    header.write('00000000000\0', 136);
    header.write('        0ustar\x0000', 148);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    return [header, body, Buffer.alloc((512 - (body.length % 512)) % 512)];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}
