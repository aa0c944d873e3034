import { afterAll, expect, test } from 'vitest';
import { chartsAtHand } from '../../test/charts-at-hand.ts';
import { formatBill } from './format-bill.ts';
import { imageBill } from './image-bill.ts';

/** As long as a digest. */
const digestPlace = 'D'.repeat(71);
const { chart, run, engines, close } = chartsAtHand();
afterAll(close);

test('lists what containers, flags, variables, custom kinds and component.yaml name, and the charts', async () => {
  const name = chart({
    'templates/all.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      initContainers: [{name: a, image: busybox}]
      containers:
        - name: web
          image: registry.example.com/web:1.0.0
          args: ["--solver-image=registry.example.com/solver:1.0.0", --image-pull-policy=Always]
          env: [{name: RELATED_IMAGE_DB, value: "registry.example.com/db:3"}, {name: URL, value: "http://a.b/c"}]
---
apiVersion: example.com/v1
kind: Store
metadata: {name: store}
spec:
  imageName: registry.example.com/store:2
  cache: {image: {repository: registry.example.com/cache, tag: "7"}}
  package: registry.example.com/plugins/press:4
`,
  });
  const spec = `  images:
    - {image: registry.example.com/till, source: its manual}
    - {image: "registry.example.com/web:1.0.0", source: its manual}
`;
  const { rendered } = await run(name, { spec });
  const { value, diagnostics } = imageBill(rendered, engines.charts);
  expect(diagnostics).toEqual([]);
  const digest = engines.charts.find(name, '1.0.0')?.digest;
  expect(formatBill.text(value).replace(`sha256:${digest}`, digestPlace)).toBe(`Images and charts of cluster one

Image                                                    Components  Known from
docker.io/library/busybox (latest)                       web         an object
registry.example.com/cache:7                             web         an object
registry.example.com/db:3                                web         an object
registry.example.com/plugins/press:4                     web         an object
registry.example.com/solver:1.0.0                        web         an object
registry.example.com/store:2                             web         an object
registry.example.com/till (the program chooses its tag)  web         component.yaml
registry.example.com/web:1.0.0                           web         an object

Chart or source                          Digest${' '.repeat(65)}  Components
https://charts.example.com/${name} 1.0.0  ${digestPlace}  web
`);
});

test('says of which components not all is seen', async () => {
  const { rendered } = await run('absent');
  const { value } = imageBill(rendered, engines.charts);
  expect([value.unseen, value.sources[0]?.digest]).toEqual([['web'], undefined]);
});

test('takes the digest of what is not at hand from the lock', async () => {
  const { rendered } = await run('absent');
  const locked = { ...engines.charts, lockedChart: () => 'sha256:1234' };
  expect(imageBill(rendered, locked).value.sources[0]?.digest).toBe('sha256:1234');
});

test('takes the digest of a folder in git from the lock', async () => {
  const spec = '  source: {git: "https://git.example.com/web", ref: {tag: v1}, path: ./config/crd}\n';
  const { rendered } = await run('absent', { spec });
  const locked = { ...engines.charts, lockedSource: () => 'sha256:5678' };
  const source = imageBill(rendered, locked).value.sources.find(({ kind }) => kind === 'git');
  expect(source).toMatchObject({ version: 'v1', digest: 'sha256:5678' });
});

test('an image that is none is a finding at its line', async () => {
  const { rendered } = await run('absent', { spec: '  images: [{image: "Not an image", source: nobody}]\n' });
  expect(imageBill(rendered, engines.charts).diagnostics).toMatchObject([
    { code: 'load/invalid-value', message: 'component "web" starts an image that is none' },
  ]);
});
