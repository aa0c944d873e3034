const memorySection = 5;
const pageBytes = 65_536;

/**
 * Gives the WebAssembly binary `wasm` a memory that cannot grow above `limitBytes` (rounded down to whole pages). It is written
 * into `wasm` itself where it fits in place of what is there, as it does in what Go's linker writes: a copy takes longer.
 * Throws a RangeError when the limit is below what the module starts with, a TypeError when it has no memory of its own.
 * Format: WebAssembly Core Specification 2.0, §5.5.8 (memory section) and §5.2.2 (LEB128).
 */
export function limitMemory(wasm: Uint8Array, limitBytes: number): Uint8Array {
  const pages = Math.min(Math.floor(limitBytes / pageBytes), 65_536);
  let offset = 8;
  while (offset < wasm.length) {
    const id = wasm[offset];
    const size = readUnsigned(wasm, offset + 1);
    const end = size.next + size.value;
    if (id === memorySection) return replaceSection(wasm, { start: offset, body: size.next, end }, pages);
    offset = end;
  }
  throw new TypeError('the module has no memory section');
}

type Section = { readonly start: number; readonly body: number; readonly end: number };

function replaceSection(wasm: Uint8Array, section: Section, pages: number): Uint8Array {
  const count = readUnsigned(wasm, section.body);
  const flags = readUnsigned(wasm, count.next);
  const minimum = readUnsigned(wasm, flags.next);
  if (count.value !== 1 || flags.value > 1) throw new TypeError('the module must have one unshared 32-bit memory');
  if (pages < minimum.value) {
    throw new RangeError(
      `the memory limit is below the ${minimum.value * pageBytes} bytes that the module starts with`,
    );
  }
  const body = [1, 1, ...unsigned(minimum.value), ...unsigned(pages)];
  const room = section.end - section.start - 1 - body.length;
  const size = unsigned(body.length, Math.min(room, 5));
  if (size.length === room) {
    wasm.set([memorySection, ...size, ...body], section.start);
    return wasm;
  }
  const header = [memorySection, ...unsigned(body.length), ...body];
  const limited = new Uint8Array(wasm.length - (section.end - section.start) + header.length);
  limited.set(wasm.subarray(0, section.start));
  limited.set(header, section.start);
  limited.set(wasm.subarray(section.end), section.start + header.length);
  return limited;
}

function readUnsigned(bytes: Uint8Array, offset: number): { value: number; next: number } {
  let value = 0;
  for (let shift = 0, next = offset; shift <= 28; shift += 7) {
    const byte = bytes[next++];
    if (byte === undefined) break;
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return { value, next };
  }
  throw new TypeError('not a WebAssembly binary');
}

/** LEB128 allows leading zeros, up to five bytes for 32 bits. */
function unsigned(value: number, least = 1): number[] {
  const bytes: number[] = [];
  do {
    const more = value > 0x7f || bytes.length + 1 < least;
    bytes.push((value & 0x7f) | (more ? 0x80 : 0));
    value >>>= 7;
  } while (value > 0 || bytes.length < least);
  return bytes;
}
