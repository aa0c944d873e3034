import { createSocket, type Socket } from 'node:dgram';
import { afterEach, expect, test } from 'vitest';
import { rootQuestion, witnessesReached } from '../src/witness/dns-witness.ts';

const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close();
});

/** A DNS server that answers each question with one address (RFC 1035, 4.1), or is silent. */
async function server(address: string | undefined): Promise<{ server: string }> {
  const socket = createSocket('udp4');
  sockets.push(socket);
  socket.on('message', (query, { port }) => {
    if (address === undefined) return;
    let end = 12;
    while (query[end] !== 0) end += (query[end] ?? 0) + 1;
    const question = query.subarray(12, end + 5);
    const header = Buffer.from([query[0] ?? 0, query[1] ?? 0, 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0]);
    const record = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, ...address.split('.').map(Number)]);
    socket.send(Buffer.concat([header, question, record]), port, '127.0.0.1');
  });
  await new Promise<void>((done) => socket.bind(0, '127.0.0.1', done));
  return { server: `127.0.0.1:${socket.address().port}` };
}

test('witnesses count that give the answer everybody knows, and neither the silent nor those that lie', async () => {
  const witnesses = await Promise.all(['198.41.0.4', '10.0.0.1', undefined, '198.41.0.4'].map(server));
  expect(await witnessesReached(witnesses, rootQuestion, 3_000)).toBe(2);
});

test('an address that is none is a witness that is not reached', async () => {
  expect(await witnessesReached([{ server: 'no address' }], rootQuestion, 300)).toBe(0);
});
