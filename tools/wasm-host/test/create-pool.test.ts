import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPool, type Module, type ModuleFile, type Pool, type PoolOptions } from '../src/index.ts';
import { buildTestGuest, compileTestGuest } from './test-guest.ts';

const wasm = buildTestGuest();
if (wasm === undefined) console.warn('create-pool.test.ts: skipped, there is no Go to build the test guest');

const options: PoolOptions = { name: 'test', version: '1.0.0', size: 1, timeoutMs: 20_000 };

describe.skipIf(wasm === undefined)('a pool', () => {
  let module: Module;
  const folder = mkdtempSync(join(tmpdir(), 'pool-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  beforeAll(async () => {
    module = await compileTestGuest(wasm as Uint8Array);
  });

  const withPool = (set: Partial<PoolOptions>, use: (pool: Pool) => Promise<void>): Promise<void> =>
    closing(createPool(module, { ...options, ...set }), use);

  /** The guest as packages ship theirs. */
  function engineFile(): ModuleFile {
    const file = join(folder, 'test.wasm.zst');
    const packed = zstdCompressSync(wasm as Uint8Array);
    writeFileSync(file, packed);
    writeFileSync(`${file}.sha256`, `${createHash('sha256').update(packed).digest('hex')}  test.wasm.zst\n`);
    return { href: pathToFileURL(file).href, limits: {} };
  }

  async function closing(pool: Pool, use: (pool: Pool) => Promise<void>): Promise<void> {
    try {
      await use(pool);
    } finally {
      await pool.close();
    }
  }

  it('carries JSON and bytes there and back', () =>
    withPool({}, async (pool) => {
      const parts = [new Uint8Array([1, 2, 3]), new Uint8Array(), new Uint8Array(100_000).fill(7)];
      const input: unknown = JSON.parse(
        '{"text": "ünïcode \u{1f600}", "__proto__": {"a": 1}, "list": [null, true, 1.5]}',
      );
      const reply = await pool.call({ op: 'echo', input, parts });
      expect(reply.output).toEqual(input);
      expect(reply.parts.map((part) => Buffer.from(part))).toEqual(parts.map((part) => Buffer.from(part)));
    }));

  it.each([
    { name: 'an input error', op: 'refuse', kind: 'input', message: 'no' },
    { name: 'a plain error', op: 'fail', kind: 'input', message: 'plain' },
    { name: 'a panic', op: 'panic', kind: 'panic', message: 'at the wrong moment' },
    { name: 'a panic in a goroutine', op: 'panic-elsewhere', kind: 'panic', message: 'panic: in a goroutine' },
    { name: 'an exit', op: 'exit', kind: 'panic', message: /the engine stopped/ },
    { name: 'a loop without end', op: 'loop', kind: 'timeout', message: 'the request took longer than 1500 ms' },
    { name: 'a recursion without end', op: 'recurse', kind: 'memory', message: /recursed too deep|memory limit/ },
    { name: 'memory without end', op: 'grow', input: 1_000, kind: 'memory', message: /memory limit/ },
    {
      name: 'a reply that is too large',
      op: 'large-reply',
      input: 2_000_000,
      kind: 'size',
      message: /the limit is 1000000/,
    },
    { name: 'a reply that JSON cannot hold', op: 'bad-reply', kind: 'protocol', message: /cannot be encoded/ },
    { name: 'an unknown operation', op: 'nothing', kind: 'protocol', message: 'unknown operation "nothing"' },
    {
      name: 'a request that is too large',
      op: 'echo',
      input: 'x'.repeat(2_000_000),
      kind: 'size',
      message: /the request has/,
    },
  ])('ends $name with a reason, and the next request works', ({ op, input, kind, message }) =>
    withPool({ replyBytes: 1_000_000, requestBytes: 1_000_000 }, async (pool) => {
      const timeoutMs = op === 'loop' ? 1_500 : 20_000;
      await expect(pool.call({ op, input }, timeoutMs)).rejects.toMatchObject({
        name: 'EngineError',
        kind,
        message: message instanceof RegExp ? expect.stringMatching(message) : message,
      });
      expect((await pool.call({ op: 'echo', input: 1 })).output).toBe(1);
    }),
  );

  it('keeps what the guest wrote before it ended', () =>
    withPool({}, async (pool) => {
      await expect(pool.call({ op: 'exit' })).rejects.toMatchObject({ details: expect.stringContaining('leaving') });
      await expect(pool.call({ op: 'panic' })).rejects.toMatchObject({ details: expect.stringContaining('goroutine') });
      await expect(pool.call({ op: 'refuse' })).rejects.toMatchObject({ details: { line: 3 } });
    }));

  it('shows the guest nothing of the machine', () =>
    withPool({}, async (pool) => {
      expect((await pool.call({ op: 'look-around' })).output).toEqual({
        arguments: ['test'],
        environment: [],
        root: [],
        rootFails: true,
        stdin: 0,
      });
    }));

  it('shows the guest a folder when asked', () =>
    withPool({ preopens: { '/': join(import.meta.dirname, '../go') } }, async (pool) => {
      const { output } = await pool.call<{ root: string[] }>({ op: 'look-around' });
      expect(output.root.sort()).toEqual(['go.mod', 'guest', 'testguest']);
    }));

  it('replaces an instance whose memory grew', () =>
    withPool({ recycleBytes: 16 * 1_048_576 }, async (pool) => {
      await pool.call({ op: 'grow', input: 30 });
      const memory = await pool.session(async (session) => {
        await session.call({ op: 'echo' });
        return session.memoryBytes();
      });
      expect(memory).toBeLessThan(16 * 1_048_576);
    }));

  it('runs as many requests at once as it has seats, and the others after them', () =>
    withPool({ size: 2 }, async (pool) => {
      const inputs = Array.from({ length: 40 }, (_, i) => i);
      const replies = await Promise.all(inputs.map((input) => pool.call({ op: 'echo', input })));
      expect(replies.map((reply) => reply.output)).toEqual(inputs);
    }));

  it('keeps a session on one instance', () =>
    withPool({ size: 2 }, async (pool) => {
      const seen = await pool.session(async (session) => {
        await session.call({ op: 'grow', input: 20 });
        await Promise.all([pool.call({ op: 'echo' }), pool.call({ op: 'echo' })]);
        await session.call({ op: 'echo' });
        return session.memoryBytes();
      });
      expect(seen).toBeGreaterThan(20 * 1_048_576);
    }));

  it.each([
    { wrong: { name: 'other' }, message: "the engine's name is test, expected other" },
    { wrong: { version: '2.0.0' }, message: "the engine's version is 1.0.0, expected 2.0.0" },
  ])('refuses a guest that is not $wrong', ({ wrong, message }) =>
    withPool(wrong, async (pool) => {
      await expect(pool.call({ op: 'echo' })).rejects.toMatchObject({ kind: 'protocol', message });
    }),
  );

  it('takes a module that is still being compiled, and passes on its failure', async () => {
    await closing(createPool(Promise.resolve(module), options), async (pool) => {
      expect((await pool.call({ op: 'echo', input: 1 })).output).toBe(1);
    });
    const failing = Promise.reject(new Error('no such file'));
    await closing(createPool(failing, options), async (pool) => {
      await expect(pool.call({ op: 'echo' })).rejects.toThrow('no such file');
      await expect(pool.call({ op: 'echo' })).rejects.toThrow('no such file');
    });
  });

  it('lets its first thread compile a file, for all of them', async () => {
    await closing(createPool(engineFile(), options), async (pool) => {
      const replies = await Promise.all([1, 2, 3].map((input) => pool.call({ op: 'echo', input })));
      expect(replies.map(({ output }) => output)).toEqual([1, 2, 3]);
    });
  });

  it('passes on what is wrong with a file, and tries again', async () => {
    const file = engineFile();
    const digest = `${fileURLToPath(file.href)}.sha256`;
    const good = readFileSync(digest, 'utf8');
    await writeFile(digest, 'other');
    await closing(createPool(file, options), async (pool) => {
      const wrong = { kind: 'protocol', message: expect.stringContaining('is not the file that its sha256 names') };
      await expect(pool.call({ op: 'echo' })).rejects.toMatchObject(wrong);
      await expect(pool.call({ op: 'echo' })).rejects.toMatchObject(wrong);
      await writeFile(digest, good);
      expect((await pool.call({ op: 'echo', input: 1 })).output).toBe(1);
    });
  });

  it('takes one request at a time in a session', () =>
    withPool({}, async (pool) => {
      await pool.session(async (session) => {
        const first = session.call({ op: 'echo', input: 1 });
        await expect(session.call({ op: 'echo' })).rejects.toMatchObject({ kind: 'protocol' });
        expect((await first).output).toBe(1);
      });
    }));

  it('rejects what runs and what waits when it is closed', async () => {
    const pool = createPool(module, options);
    const requests = [pool.call({ op: 'loop' }), pool.call({ op: 'echo' })];
    const settled = Promise.allSettled(requests);
    await pool.close();
    for (const result of await settled) expect(result).toMatchObject({ reason: { kind: 'closed' } });
    await expect(pool.call({ op: 'echo' })).rejects.toMatchObject({ kind: 'closed' });
  });

  it('lets the process end while it is idle', async () => {
    const script = `
      import { createPool } from ${JSON.stringify(new URL('../src/index.ts', import.meta.url).href)};
      const pool = createPool(${JSON.stringify(engineFile())}, { name: 'test', version: '1.0.0', size: 2 });
      await Promise.all([pool.call({ op: 'echo' }), pool.call({ op: 'echo' })]);
      await pool.call({ op: 'panic' }).catch((error) => console.log(error.kind));
      console.log((await pool.call({ op: 'echo', input: 'done' })).output);
    `;
    const run = promisify(execFile);
    const { stdout, stderr } = await run(process.execPath, ['--input-type=module', '-e', script], { timeout: 30_000 });
    expect({ stdout, stderr }).toEqual({ stdout: 'panic\ndone\n', stderr: '' });
  });
});
