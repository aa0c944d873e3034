import { loadSchemas } from '@fluxwright/kubernetes-schemas';
import { expect, test } from 'vitest';
import { celRule } from './cel-rules.ts';

test('all but a few CEL rules of the definitions we know can be run here', () => {
  const { listKinds, schema } = loadSchemas({ kubernetesVersion: '1.36' });
  const rules = new Set<string>();
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(collect);
    else if (typeof value === 'object' && value !== null) {
      const found = (value as Record<string, unknown>)['x-kubernetes-validations'];
      if (Array.isArray(found)) for (const { rule } of found) if (typeof rule === 'string') rules.add(rule);
      Object.values(value).forEach(collect);
    }
  };
  for (const { apiVersion, kind } of listKinds()) collect(schema(apiVersion, kind));
  const unknown = [...rules].filter((rule) => celRule(rule) === undefined);
  expect(rules.size).toBeGreaterThan(200);
  // Functions that only Kubernetes has (isIP, isURL, format), and expressions that nest deeper than the library goes.
  expect(unknown.length).toBeLessThan(rules.size / 20);
});
