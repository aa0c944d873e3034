import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonFault } from './json-fault.ts';

describe('a text that is no JSON', () => {
  it.each([
    ['{"a": flase}', 'flase', /did you mean "false"/],
    ['{"a": 1,}', '}', /remove the comma before it/],
    ['{"a": 1 "b": 2}', '"b"', /write a comma before it/],
    ["{'a': 1}", "'a'", /use double quotes/],
    ['{a: 1}', 'a', /write it in double quotes, "a"/],
    ['{"a": 01}', '01', /leading zeros/],
    ['{"a": 1} // why', '// why', /remove the comment/],
    ['{"a": "x\\q"}', '"x\\q"', /escapes are/],
    ['{"a" 1}', '1', /write a colon/],
    ['{"a": }', '}', /write a value after the colon/],
    ['[1, 2}', '}', /closes none that is open/],
    ['{"a": [1, 2', '2', /close what is open: \] \}/],
    ['', '', /write a value/],
  ])('%s is pointed at %j', (text, wrong, help) => {
    const fault = jsonFault(text);
    expect(text.slice(fault?.start, fault?.end)).toBe(wrong);
    expect(fault?.help).toMatch(help);
  });
});

it('finds a fault exactly where JSON.parse does', () => {
  const slips = fc.record({
    at: fc.nat(),
    drop: fc.nat({ max: 2 }),
    part: fc.constantFrom('', '"', ',', '}', ']', ':', '0', 'x', '\n', '\\', '-', 'e', '.', ' ', '\u0001', 'é'),
  });
  fc.assert(
    fc.property(fc.json(), fc.array(slips, { maxLength: 3 }), (json, changes) => {
      let text = json;
      for (const { at, drop, part } of changes) {
        const start = at % (text.length + 1);
        text = text.slice(0, start) + part + text.slice(start + drop);
      }
      let parses = true;
      try {
        JSON.parse(text);
      } catch {
        parses = false;
      }
      const fault = jsonFault(text);
      expect(fault === undefined).toBe(parses);
      if (fault !== undefined) expect(fault.start).toBeLessThanOrEqual(Math.max(0, text.length - 1));
    }),
    { numRuns: 5000 },
  );
});
