import { expect, test } from 'vitest';
import { valuesTable } from './values-table.ts';

test('one row for each value, with its default and its meaning', () => {
  const schema = {
    type: 'object',
    properties: {
      replicas: { type: 'integer', description: 'Number of pods.' },
      seal: {
        type: 'object',
        description: 'Not a row of its own.',
        properties: {
          type: { type: 'string', enum: ['a', 'b'], description: 'How it is sealed.' },
          secret: { type: 'string', description: 'Unset | optional.' },
        },
      },
      resources: { $ref: '#/$defs/resources', description: 'Resources of a pod.' },
    },
    $defs: { resources: { type: 'object', properties: { cpu: { type: 'string' } } } },
  };
  const defaults = { replicas: 2, seal: { type: 'a' }, resources: { requests: { cpu: '10m', memory: '1Gi' } } };
  expect(valuesTable(schema, defaults)).toBe(`| Value | Default | Meaning |
| --- | --- | --- |
| \`replicas\` | \`2\` | Number of pods. |
| \`seal.type\` | \`a\` | How it is sealed. One of \`a\`, \`b\`. |
| \`seal.secret\` | not set | Unset \\| optional. |
| \`resources\` | \`{requests: {cpu: 10m, memory: 1Gi}}\` | Resources of a pod. |
`);
});

test('a component without values says so', () => {
  expect(valuesTable({ type: 'object', properties: {} }, {})).toBe('There is nothing to set.\n');
});
