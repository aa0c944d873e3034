import { afterAll, expect, it } from 'vitest';
import { measuredRenderer } from './measured-renderer.ts';

const renderer = measuredRenderer();
afterAll(() => renderer.close());

const files = {
  'Chart.yaml': 'apiVersion: v2\nname: small\nversion: 1.0.0\n',
  'templates/a.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: {{ .Release.Name }}}\ndata: {{ toJson .Values.data }}\n',
};

async function round(count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    const release = { name: `r-${i}`, namespace: 'n' };
    const values = { data: { [`key-${i}`]: 'value' } };
    const options = { chart: { files }, values, release, kubernetesVersion: '1.36.2', apiVersions: ['v1'] };
    const { objects } = await renderer.template(options);
    await renderer.build({ files: { 'a.yaml': objects.map(({ yaml }) => yaml).join('---\n') }, path: '.' });
  }
}

it('does not grow over 10,000 requests', async () => {
  // Until garbage was collected a few times.
  await round(1_000);
  const before = await renderer.memoryBytes();
  await round(5_000);
  // The collector's own pacing moves it a little; 1.5 kB kept a request would show.
  expect(await renderer.memoryBytes()).toBeLessThan(before + 16_000_000);
});
