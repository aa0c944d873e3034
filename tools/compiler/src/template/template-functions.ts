import { isDeepStrictEqual } from 'node:util';
import { type JsonValue, quoting, valueAt } from '@fluxwright/documents';
import { stringify } from 'yaml';
import type { FunctionResult, TemplateFunction } from './template-function.ts';
import { isTruthy } from './tracked-value.ts';

const exactly = (count: number) => ({ min: count, max: count });
const manyFrom = (count: number) => ({ min: count, max: 64 });

/** A text that any reader takes for something else is quoted. */
const yamlStyle = { lineWidth: 0, aliasDuplicateObjects: false, compat: quoting };

function isScalar(value: JsonValue): value is string | number | boolean {
  return value !== null && typeof value !== 'object';
}

const toYaml: TemplateFunction = {
  usage: 'toYaml VALUE',
  parameters: exactly(1),
  call: ([value]) => ({ value: stringify(value, yamlStyle).replace(/\n$/, '') }),
};

const toJson: TemplateFunction = {
  usage: 'toJson VALUE',
  parameters: exactly(1),
  call: ([value]) => ({ value: JSON.stringify(value) }),
};

const quote: TemplateFunction = {
  usage: 'quote VALUE',
  parameters: exactly(1),
  call: ([value = null]) =>
    isScalar(value) ? { value: JSON.stringify(String(value)) } : { refused: 'takes a string, number or boolean' },
};

const indent: TemplateFunction = {
  usage: 'indent COUNT TEXT',
  parameters: exactly(2),
  call([count, text = null]) {
    if (!Number.isInteger(count) || (count as number) < 0 || (count as number) > 80) {
      return { refused: 'takes a count from 0 to 80 first' };
    }
    if (!isScalar(text)) return { refused: 'takes text second; write (toYaml …) around a map or list' };
    return { value: String(text).replace(/^(?=[^\r\n])/gm, ' '.repeat(count as number)) };
  },
};

const required: TemplateFunction = {
  usage: 'required "MESSAGE" VALUE',
  parameters: exactly(2),
  acceptsUnset: true,
  call([message, value = null]) {
    if (value !== null && value !== '') return { parameter: 1 };
    return { refused: typeof message === 'string' ? message : 'takes a message first', missing: true };
  },
};

const eq: TemplateFunction = {
  usage: 'eq LEFT RIGHT',
  parameters: exactly(2),
  acceptsUnset: true,
  call: ([left, right]) => ({ value: isDeepStrictEqual(left, right) }),
};

const ne: TemplateFunction = {
  usage: 'ne LEFT RIGHT',
  parameters: exactly(2),
  acceptsUnset: true,
  call: ([left, right]) => ({ value: !isDeepStrictEqual(left, right) }),
};

/** The first parameter that decides, so that `or values.x "default"` gives a value. */
function firstWhere(parameters: readonly JsonValue[], wanted: boolean): FunctionResult {
  const found = parameters.findIndex((each) => isTruthy(each) === wanted);
  return { parameter: found === -1 ? parameters.length - 1 : found };
}

const and: TemplateFunction = {
  usage: 'and VALUE VALUE…',
  parameters: manyFrom(2),
  acceptsUnset: true,
  call: (parameters) => firstWhere(parameters, false),
};

const or: TemplateFunction = {
  usage: 'or VALUE VALUE…',
  parameters: manyFrom(2),
  acceptsUnset: true,
  call: (parameters) => firstWhere(parameters, true),
};

const not: TemplateFunction = {
  usage: 'not VALUE',
  parameters: exactly(1),
  acceptsUnset: true,
  call: ([value = null]) => ({ value: !isTruthy(value) }),
};

const concat: TemplateFunction = {
  usage: 'concat VALUE VALUE…',
  parameters: manyFrom(1),
  call: (parameters) =>
    parameters.every(isScalar)
      ? { value: parameters.map(String).join('') }
      : { refused: 'takes strings, numbers and booleans' },
};

const lower: TemplateFunction = {
  usage: 'lower TEXT',
  parameters: exactly(1),
  call: ([text = null]) => (typeof text === 'string' ? { value: text.toLowerCase() } : { refused: 'takes a string' }),
};

const replace: TemplateFunction = {
  usage: 'replace "FROM" "TO" TEXT',
  parameters: exactly(3),
  call: ([from, to, text]) =>
    typeof from === 'string' && from !== '' && typeof to === 'string' && typeof text === 'string'
      ? { value: text.replaceAll(from, () => to) }
      : { refused: 'takes three strings, the first not empty' },
};

const some: TemplateFunction = {
  usage: 'some LIST "KEY.KEY" VALUE',
  parameters: exactly(3),
  call: ([list, keys, value]) =>
    Array.isArray(list) && typeof keys === 'string'
      ? { value: list.some((each) => isDeepStrictEqual(valueAt(each, keys === '' ? [] : keys.split('.')), value)) }
      : { refused: 'takes a list, and the keys of a place in each' },
};

const has: TemplateFunction = {
  usage: 'has "COMPONENT"',
  parameters: exactly(1),
  call: ([name], context) =>
    typeof name === 'string' ? { value: context.has(name) } : { refused: "takes a component's name" },
};

const capability: TemplateFunction = {
  usage: 'capability "NAME"',
  parameters: exactly(1),
  call: ([name], context) =>
    typeof name === 'string' ? { value: context.capability(name) } : { refused: "takes a capability's name" },
};

/** Every function a template can call. None reads a clock, a file or the network, and none takes named arguments. */
export const templateFunctions: ReadonlyMap<string, TemplateFunction> = new Map(
  Object.entries({
    toYaml,
    toJson,
    quote,
    indent,
    required,
    eq,
    ne,
    and,
    or,
    not,
    concat,
    lower,
    replace,
    some,
    has,
    capability,
  }),
);
