import { expect, test } from 'vitest';
import { nameRuleOf } from './name-rule.ts';

test.each([
  ['1.35.8', false],
  ['1.36.0', true],
  ['1.37.2', true],
])('on Kubernetes %s a Service whose name begins with a digit is taken: %s', (version, isTaken) => {
  expect(nameRuleOf('/Service', version)('2048-game') === undefined).toBe(isTaken);
});

test('no Kubernetes takes a Service with a dot', () => {
  expect(nameRuleOf('/Service', '1.36.0')('shop.web')).toContain('lower-case letters, digits and "-"');
});
