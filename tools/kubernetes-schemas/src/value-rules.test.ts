import { expect, test } from 'vitest';
import { valueRules } from './value-rules.ts';

test.each([
  { format: 'byte', takes: ['aGVsbG8=', 'aGVsbG8h', 'aGU='], refuses: ['', 'admin', 'aGVsbG8', 'aGVs\nbG8='] },
  {
    format: 'cidr',
    takes: ['10.0.0.0/8', '10.0.0.1/32', '010.0.0.0/08', '::/0', '2001:db8::/128', '::ffff:10.0.0.0/104'],
    refuses: ['', '10.0.0.0', '10.0.0.0/255.0.0.0', '2001:db8::1', 'example/8', 'fe80::1%eth0/64'],
  },
])('a string of the format $format', ({ format, takes, refuses }) => {
  const pattern = new RegExp(valueRules({ type: 'string', format }).pattern as string);
  expect([...takes, ...refuses].filter((text) => pattern.test(text))).toEqual(takes);
});

test('keeps the pattern that a definition has itself', () => {
  expect(valueRules({ type: 'string', format: 'byte', pattern: '^a' })).toEqual({ format: 'byte', pattern: '^a' });
});
