import { afterAll, describe, expect, it } from 'vitest';
import { createRenderer, RenderError, type TemplateOptions } from './index.ts';

const renderer = await createRenderer({ size: 1 });
afterAll(() => renderer.close());

function template(files: Record<string, string>, more: Partial<TemplateOptions> = {}) {
  return renderer.template({
    chart: { files: { 'Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\nappVersion: "7"\n', ...files } },
    release: { name: 'r', namespace: 'n' },
    kubernetesVersion: '1.36.2',
    apiVersions: ['v1'],
    ...more,
  });
}

const object = (kind: string, annotations = '{}'): string =>
  `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: a\n  namespace: own\n  annotations: ${annotations}\n`;

describe('template', () => {
  it('lists objects, hooks and CRDs apart, each with the template it comes from', async () => {
    const result = await template({
      'templates/a.yaml': object('Service'),
      'templates/job.yaml': object(
        'Job',
        '{helm.sh/hook: "pre-install, post-upgrade", helm.sh/hook-weight: "-3", helm.sh/hook-delete-policy: hook-succeeded}',
      ),
      'crds/a.yaml': `${object('One')}---\n# only a comment\n---\n${object('Two')}`,
      'templates/NOTES.txt': 'Thank you for {{ .Chart.AppVersion }}',
    });
    expect(result.objects.map(({ kind, name, namespace, file }) => [kind, name, namespace, file])).toEqual([
      ['Service', 'a', 'own', 'c/templates/a.yaml'],
    ]);
    expect(result.hooks.map(({ kind, file, hook }) => ({ kind, file, ...hook }))).toEqual([
      {
        kind: 'Job',
        file: 'c/templates/job.yaml',
        events: ['pre-install', 'post-upgrade'],
        weight: -3,
        // Helm adds this policy to a hook that names none; this one has its own.
        deletePolicies: ['hook-succeeded'],
        outputLogPolicies: [],
      },
    ]);
    expect(result.crds.map(({ kind, file }) => [kind, file])).toEqual([
      ['One', 'c/crds/a.yaml'],
      ['Two', 'c/crds/a.yaml'],
    ]);
    expect(result.notes).toBe('Thank you for 7');
    expect(result.chart).toEqual({ name: 'c', version: '1.0.0', appVersion: '7' });
  });

  it('leaves CRDs out when told', async () => {
    expect((await template({ 'crds/a.yaml': object('One') }, { includeCrds: false })).crds).toEqual([]);
  });

  it('says what a cluster or a second run would change', async () => {
    const text =
      'a: {{ lookup "v1" "Secret" "n" "s" | toJson }}\nb: {{ randAlphaNum 3 }}{{ uuidv4 }}\nc: {{ upper "x" }}';
    const { lookups, unrepeatable } = await template({ 'templates/a.yaml': text });
    expect(lookups).toEqual([{ apiVersion: 'v1', kind: 'Secret', namespace: 'n', name: 's' }]);
    expect(unrepeatable).toEqual(['randAlphaNum', 'uuidv4']);
  });

  it('tells a date of the clock from one that is given', async () => {
    const given = 'a: {{ date "2006" 0 }}\nb: {{ htmlDate (toDate "2006" "2024") }}\nc: {{ durationRound "90m" }}';
    expect((await template({ 'templates/a.yaml': given })).unrepeatable).toEqual([]);
    const clock =
      'a: {{ date "2006" .Values.day }}\nb: {{ htmlDateInZone "1" "UTC" }}\nc: {{ toDate "2006" "2024" | durationRound }}';
    const unrepeatable = ['date', 'durationRound', 'htmlDateInZone'];
    expect((await template({ 'templates/a.yaml': clock })).unrepeatable).toEqual(unrepeatable);
  });

  it('lists the keys and values of a dictionary in one order, where Helm gives any', async () => {
    const numbers = Array.from({ length: 20 }, (_, i) => `"k${i + 10}" ${i + 10}`).join(' ');
    const text = `a: {{ dict ${numbers} | keys | first }}\nb: {{ dict ${numbers} | values | last }}`;
    expect((await template({ 'templates/a.yaml': text })).objects[0]?.object).toEqual({ a: 'k10', b: 29 });
  });

  it('reads data by the YAML of Kubernetes', async () => {
    const { objects } = await template({
      'templates/a.yaml': `${object('A')}on: yes\noctal: 0755\nnumber: 1_000\ntext: "1"\n`,
    });
    expect(objects[0]?.object).toMatchObject({ true: true, octal: 493, number: 1000, text: '1' });
  });

  it('takes values whose schema is not asked', async () => {
    const files = { 'values.schema.json': '{"required": ["a"]}' };
    await expect(template(files)).rejects.toMatchObject({ fault: { kind: 'values-schema' } });
    expect((await template(files, { skipSchemaValidation: true })).objects).toEqual([]);
  });

  it('lists every violation of a schema', async () => {
    const files = {
      'values.schema.json': '{"properties": {"a": {"type": "string"}, "b": {"properties": {"c": {"minimum": 2}}}}}',
    };
    const error = await template(files, { values: { a: 1, b: { c: 1 } } }).catch((cause: unknown) => cause);
    expect((error as RenderError).fault.violations).toEqual([
      { chart: 'c', pointer: '/a', message: 'got number, want string' },
      { chart: 'c', pointer: '/b/c', message: 'minimum: got 1, want 2' },
    ]);
  });

  it('names the keys that a schema does not know in order', async () => {
    const files = { 'values.schema.json': '{"additionalProperties": false}' };
    const values = Object.fromEntries('qwertzuiop'.split('').map((key) => [key, 1]));
    const error = await template(files, { values }).catch((cause: unknown) => cause);
    const message = "additional properties 'e', 'i', 'o', 'p', 'q', 'r', 't', 'u', 'w', 'z' not allowed";
    expect((error as RenderError).fault.violations).toEqual([{ chart: 'c', pointer: '', message }]);
  });

  it('tells a schema that is none from values against it', async () => {
    const files = { 'values.schema.json': '{"properties": {"a": {"type": "words"}}}' };
    const error = await template(files, { values: { a: 1 } }).catch((cause: unknown) => cause);
    expect((error as RenderError).fault.violations).toBeUndefined();
    expect((error as RenderError).fault.message).toContain('is not valid against metaschema');
  });

  it('says revision and upgrade of a release', async () => {
    const files = {
      'templates/a.yaml': 'r: {{ .Release.Revision }}\nu: {{ .Release.IsUpgrade }}\ni: {{ .Release.IsInstall }}',
    };
    const release = { name: 'r', namespace: 'n', revision: 4, isUpgrade: true };
    expect((await template(files, { release })).objects[0]?.object).toEqual({ r: 4, u: true, i: false });
  });

  it('puts the place of a fault before its message', async () => {
    const error = await template({ 'templates/a.yaml': 'a:\n  {{ fail "not today" }}' }).catch(
      (cause: unknown) => cause,
    );
    expect(error).toBeInstanceOf(RenderError);
    expect(String(error)).toBe('RenderError: c/templates/a.yaml:2:6: not today');
  });
});
