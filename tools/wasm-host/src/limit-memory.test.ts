import { describe, expect, it } from 'vitest';
import { limitMemory } from './limit-memory.ts';
import { type Memory, webAssembly } from './web-assembly.ts';

const magic = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const exported = [7, 7, 1, 3, 0x6d, 0x65, 0x6d, 2, 0];
const page = 65_536;

async function memoryOf(wasm: Uint8Array): Promise<Memory & { grow(pages: number): number }> {
  const instance = new webAssembly.Instance(await webAssembly.compile(wasm), {});
  return instance.exports.mem as Memory & { grow(pages: number): number };
}

describe('limitMemory', () => {
  it.each([
    { name: 'without a maximum', section: [5, 3, 1, 0, 2] },
    { name: 'with a larger maximum', section: [5, 4, 1, 1, 2, 100] },
    { name: 'with lengths that are written longer than needed', section: [5, 0x84, 0, 1, 0, 0x82, 0] },
  ])('bounds a memory $name', async ({ section }) => {
    const memory = await memoryOf(limitMemory(new Uint8Array([...magic, ...section, ...exported]), 200 * page + 1));
    expect(memory.buffer.byteLength).toBe(2 * page);
    memory.grow(198);
    expect(() => memory.grow(1)).toThrow(RangeError);
  });

  it('refuses a limit below what the module starts with', () => {
    const wasm = new Uint8Array([...magic, 5, 3, 1, 0, 2, ...exported]);
    expect(() => limitMemory(wasm, page)).toThrow('the memory limit is below the 131072 bytes');
  });

  it.each([
    { name: 'a module without a memory', bytes: magic },
    { name: 'a shared memory', bytes: [...magic, 5, 4, 1, 3, 1, 2] },
    { name: 'what is cut short', bytes: [...magic, 5] },
  ])('refuses $name', ({ bytes }) => {
    expect(() => limitMemory(new Uint8Array(bytes), page)).toThrow(TypeError);
  });
});
