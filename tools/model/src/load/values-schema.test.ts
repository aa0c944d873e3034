import { parseJson } from '@fluxwright/documents';
import { expect, it } from 'vitest';
import { valuesSchema } from './values-schema.ts';

/** Where the one finding about a schema stands, by the text it points at, with its note and help. */
function faultOf(text: string) {
  const { value } = parseJson('values.schema.json', text);
  if (value === undefined) throw new Error('no JSON');
  const schema = valuesSchema(value);
  if (schema.ok) return undefined;
  const { primary, note, help } = schema.diagnostic;
  const line = text.split('\n')[(primary?.start?.line ?? 0) - 1] ?? '';
  return { at: line.slice((primary?.start?.column ?? 1) - 1, (primary?.end?.column ?? 1) - 1), note, help };
}

const inProperty = (text: string) => `{"type": "object", "properties": {"a": {"type": "string"}, "b": {\n${text}\n}}}`;

it.each([
  { text: '"required": [1, 2]', at: '1', note: 'must be a string' },
  { text: '"type": "strin"', at: '"strin"', note: /must/ },
  { text: '"minimun": 1', at: '"minimun"', note: 'no keyword of JSON Schema', help: 'did you mean "minimum"?' },
  { text: '"pattern": "("', at: '"("', note: /regular expression/i },
  { text: '"$ref": "#/$defs/nosuch"', at: '"#/$defs/nosuch"', note: /can't resolve reference/ },
  { text: '"$ref": "other.json"', at: '"other.json"', note: /can't resolve reference/, help: /stay inside the file/ },
  { text: '"items": [{}]', at: '[{}]', note: /must/ },
  { text: '"format": "nosuch"', at: '"nosuch"', note: /unknown format/ },
  { text: '"maxLength": -1', at: '-1', note: 'must be at least 0' },
  { text: '"enum": []', at: '[]', note: /must/ },
  { text: '"patternProperties": {"(": {}}', at: '{"(": {}}', note: /regular expression/i },
  { text: '"properties": {"a": 1}', at: '1', note: /must/ },
])('an invalid schema is pointed at where it is wrong, though no value needs it: $text', ({ text, at, note, help }) => {
  const fault = faultOf(inProperty(text));
  expect(fault).toMatchObject({ at });
  expect(fault?.note).toMatch(note);
  expect(fault?.help).toMatch(help ?? /./);
});

it.each(['"http://json-schema.org/draft-07/schema#"', '"x"', '1'])('asks for the dialect where it is %s', (dialect) => {
  const fault = faultOf(`{\n"$schema": ${dialect}\n}`);
  expect(fault).toMatchObject({ at: dialect, help: expect.stringContaining('2020-12') });
});

it('takes a schema whose parts are all good', () => {
  expect(faultOf(inProperty('"$ref": "#/properties/a"'))).toBeUndefined();
});
