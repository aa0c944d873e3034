import { expect, test } from 'vitest';
import { schemaFaults } from './schema-faults.ts';

const schema = {
  type: 'object',
  properties: { spec: { $ref: '#/definitions/spec' } },
  definitions: { spec: { type: 'object', properties: { replicas: {}, paused: {} } } },
};

test.each([
  [
    '/spec',
    "additional properties 'a', 'replica' not allowed",
    ['may not have the key "a" in spec', 'may not have the key "replica" in spec'],
  ],
  ['/spec', "additional properties 'it\\'s' not allowed", [`may not have the key "it's" in spec`]],
  ['', "missing property 'spec'", ['needs the key "spec"']],
  ['/spec', "missing properties 'a', 'b'", ['needs the key "a" in spec', 'needs the key "b" in spec']],
  ['/spec/paused', 'got string, want null or boolean', ['has a string at spec.paused, where a boolean belongs']],
  [
    '/spec/paused',
    'got object, want null or string or integer',
    ['has a map at spec.paused, where a string or a whole number belongs'],
  ],
  ['/spec/paused', 'maxLength: got 70, want 63', ['breaks the schema at spec.paused']],
])('%s %s', (path, message, expected) => {
  expect(schemaFaults([{ path, message }], { spec: {} }, schema).map((fault) => fault.message)).toEqual(expected);
});

test.each([
  ['maxLength: got 70, want 63', 'may have at most 63 characters, has 70'],
  ['minimum: got 0, want 1', 'must be at least 1'],
  ["value must be one of 'a', 'b'", "value must be one of 'a', 'b'"],
  [
    "'anyOf' failed: got boolean, want null or string; got boolean, want integer",
    'none of these holds: got boolean, want string; got boolean, want integer',
  ],
])('%s beside the caret', (message, note) => {
  expect(schemaFaults([{ path: '/spec', message }], { spec: {} }, schema)[0]?.note).toBe(note);
});

test('the keys that may stand there are named where none is near', () => {
  const [fault] = schemaFaults(
    [{ path: '/spec', message: "additional properties 'zzz' not allowed" }],
    { spec: {} },
    schema,
  );
  expect(fault?.help).toBe('known here: paused and replicas');
});

test('a required key that is misspelt is one fault', () => {
  const violations = [
    { path: '/spec', message: "missing properties 'replicas', 'selector'" },
    { path: '/spec', message: "additional properties 'replcas' not allowed" },
  ];
  expect(schemaFaults(violations, { spec: {} }, schema)).toMatchObject([
    { at: ['spec'], message: 'needs the key "selector" in spec' },
    {
      at: ['spec', 'replcas'],
      message: 'may not have the key "replcas" in spec',
      note: 'unknown key, and no "replicas" here',
      help: 'did you mean "replicas"?',
    },
  ]);
});
