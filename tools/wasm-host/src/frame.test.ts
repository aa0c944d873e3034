import { describe, expect, it } from 'vitest';
import { decodeReply, encodeFrame } from './frame.ts';

function replyOf(header: string, body: readonly number[] = []): Uint8Array {
  const text = new TextEncoder().encode(header);
  const frame = new Uint8Array(4 + text.length + body.length);
  new DataView(frame.buffer).setUint32(0, text.length, true);
  frame.set(text, 4);
  frame.set(body, 4 + text.length);
  return frame;
}

describe('encodeFrame', () => {
  it('writes the header and then the parts', () => {
    const frame = encodeFrame({ op: 'echo', input: { a: 1 }, parts: [new Uint8Array([9, 8]), new Uint8Array([7])] });
    const header = '{"op":"echo","input":{"a":1},"parts":[2,1]}';
    expect(Buffer.from(frame)).toEqual(Buffer.from(replyOf(header, [9, 8, 7])));
  });

  it('refuses an input that JSON cannot hold', () => {
    expect(() => encodeFrame({ op: 'echo', input: 1n })).toThrow(TypeError);
  });
});

describe('decodeReply', () => {
  it('gives the output and the parts', () => {
    const reply = decodeReply(replyOf('{"ok":true,"output":[1],"parts":[1,0,2]}', [5, 6, 7]));
    expect(reply).toEqual({
      ok: true,
      output: [1],
      parts: [new Uint8Array([5]), new Uint8Array(), new Uint8Array([6, 7])],
    });
  });

  it('gives the error', () => {
    const error = { kind: 'input', message: 'no' };
    expect(decodeReply(replyOf(JSON.stringify({ ok: false, error })))).toEqual({ ok: false, error });
  });

  it.each([
    { name: 'nothing', frame: new Uint8Array() },
    { name: 'a header that is cut short', frame: replyOf('{"ok":true}').subarray(0, 9) },
    { name: 'a header that is not JSON', frame: replyOf('{"ok"') },
    { name: 'a header that is not UTF-8', frame: new Uint8Array([2, 0, 0, 0, 0xff, 0xfe]) },
    { name: 'parts beyond the end', frame: replyOf('{"ok":true,"parts":[2]}', [1]) },
    { name: 'bytes after the parts', frame: replyOf('{"ok":true,"parts":[1]}', [1, 2]) },
  ])('refuses $name', ({ frame }) => {
    expect(() => decodeReply(frame)).toThrow();
  });
});
