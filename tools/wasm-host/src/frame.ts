import type { DecodedReply, ErrorReply, Request } from './protocol.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/** Bytes of `request` as one frame (PROTOCOL.md, Frame). Throws a TypeError for an input that JSON cannot hold, a RangeError for one nested too deep to write. */
export function encodeFrame(request: Request): Uint8Array<ArrayBuffer> {
  const parts = request.parts ?? [];
  const header = encoder.encode(
    JSON.stringify({ op: request.op, input: request.input, parts: parts.map((part) => part.byteLength) }),
  );
  const size = parts.reduce((sum, part) => sum + part.byteLength, 4 + header.byteLength);
  const frame = new Uint8Array(size);
  new DataView(frame.buffer).setUint32(0, header.byteLength, true);
  frame.set(header, 4);
  let offset = 4 + header.byteLength;
  for (const part of parts) {
    frame.set(part, offset);
    offset += part.byteLength;
  }
  return frame;
}

/** Reads a reply frame; its parts are views into `frame`. Throws a RangeError or SyntaxError for bytes that are no frame. */
export function decodeReply(frame: Uint8Array): DecodedReply {
  const headerSize = new DataView(frame.buffer, frame.byteOffset, frame.byteLength).getUint32(0, true);
  if (4 + headerSize > frame.byteLength) throw new RangeError('the header is longer than the frame');
  const header = JSON.parse(decoder.decode(frame.subarray(4, 4 + headerSize))) as ReplyHeader;
  if (!header.ok) return { ok: false, error: header.error };
  return { ok: true, output: header.output, parts: splitParts(frame.subarray(4 + headerSize), header.parts ?? []) };
}

type ReplyHeader = { ok: true; output?: unknown; parts?: number[] } | { ok: false; error: ErrorReply };

function splitParts(body: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  let offset = 0;
  const parts = sizes.map((size) => {
    offset += size;
    return body.subarray(offset - size, offset);
  });
  if (offset !== body.byteLength) throw new RangeError('the parts do not fill the frame');
  return parts;
}
