import { afterAll, expect, test } from 'vitest';
import { chartsAtHand } from '../../test/charts-at-hand.ts';
import { secretsInOutput } from './secrets-in-output.ts';

const { chart, run, close } = chartsAtHand();
afterAll(close);

const schema = JSON.stringify({
  type: 'object',
  additionalProperties: false,
  properties: {
    login: { type: 'string', writeOnly: true, description: 'Password.' },
    title: { type: 'string', description: 'Shown.' },
  },
});
const printed = `apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data: {a: {{ .Values.key | sha256sum | quote }}}
`;

test.each(['helm-release', 'rendered'] as const)(
  'delivered as %s, no declared secret reaches a chart, whatever the chart makes of it',
  async (delivery) => {
    const name = chart({ 'templates/a.yaml': printed });
    const found = async (values: string) => {
      const files = { 'values.schema.json': schema, 'values.yaml': 'login: correct-horse\ntitle: Shop\n' };
      const { rendered } = await run(name, { delivery, values, files });
      expect(rendered.resources.some(({ kind }) => kind === 'ConfigMap')).toBe(delivery === 'rendered');
      return secretsInOutput(rendered);
    };
    expect(await found('key: x-{{values.login}}\n')).toMatchObject([
      {
        code: 'secret/secret-value',
        message: 'HelmRelease shop/web holds values.login, which is declared secret, and generated trees are committed',
        primary: { file: 'components/web/helm/values.yaml.hbs', start: { line: 1 } },
        note: 'becomes spec.values.key',
      },
    ]);
    expect(await found('key: {{values.title}}\n')).toEqual([]);
  },
);
