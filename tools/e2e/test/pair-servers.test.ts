import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readTree } from '../src/index.ts';
import { ArtemisSide, artemisServer } from '../src/pairs/artemis.ts';
import { RabbitmqSide, rabbitmqServer } from '../src/pairs/rabbitmq.ts';
import { ValkeySide, valkeyServer } from '../src/pairs/valkey.ts';
import { until } from '../src/until.ts';

// What the trees of a pair say of what is copied is given to real servers, one a side: data crosses, the primary is killed, the
// standby takes its part, and the old one comes back as standby. What the sides are once they have changed their parts the trees of
// the sample pair say, too, with the names of their regions exchanged: all else in them is equal.

const generated = resolve(import.meta.dirname, '../../../generated');
const exchanged = new Map([
  ['fsn1', 'region-of-the-other'],
  ['nbg1', 'fsn1'],
  ['region-of-the-other', 'nbg1'],
]);
const north = readTree(join(generated, 'hetzner-fsn1'));
const south = readTree(join(generated, 'hetzner-nbg1'));
const promotedSouth = readTree(join(generated, 'hetzner-fsn1'), exchanged);
const returnedNorth = readTree(join(generated, 'hetzner-nbg1'), exchanged);
const folder = mkdtempSync(join(tmpdir(), 'pair-servers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sideOf = (name: string): string => {
  const side = join(folder, name);
  mkdirSync(side);
  return side;
};

describe.skipIf(valkeyServer === undefined)(
  `two Valkeys${valkeyServer === undefined ? ' (skipped: neither valkey-server nor redis-server is installed)' : ''}`,
  () => {
    const first = new ValkeySide(sideOf('valkey-north'), 'data-sample-cache', 26379);
    const second = new ValkeySide(sideOf('valkey-south'), 'data-sample-cache', 26381);
    const arrives = (side: ValkeySide, key: string, value: string): Promise<true> =>
      until(
        10,
        async () => ((await side.ask('get', key)) === value ? true : undefined),
        async () => `${key} does not arrive`,
      );
    afterAll(async () => {
      for (const side of [first, second]) await side.end('SIGKILL');
    });

    test('the standby has what is written to the primary, and takes no writes', async () => {
      for (const side of [first, second]) await side.prepare(north);
      await first.start(north, second);
      await first.ask('set', 'first', 'one');
      await second.start(south, first);
      await arrives(second, 'first', 'one');
      await first.ask('set', 'second', 'two');
      await arrives(second, 'second', 'two');
      expect(await second.ask('set', 'third', 'three')).toContain('READONLY');
    });

    test('nobody comes in from outside without a certificate', async () => {
      expect(await first.askFromOutside()).not.toContain('PONG');
    });

    test('the standby takes writes once the primary is lost, and the old one comes back as its standby', async () => {
      await first.end('SIGKILL');
      await second.end('SIGTERM');
      await second.start(promotedSouth, first);
      expect(await second.ask('set', 'third', 'three')).toBe('OK');
      expect(await second.ask('mget', 'first', 'second', 'third')).toBe('one\ntwo\nthree');
      await first.start(returnedNorth, second);
      await arrives(first, 'third', 'three');
      expect(await first.ask('set', 'fourth', 'four')).toContain('READONLY');
    });
  },
);

describe.skipIf(rabbitmqServer === undefined)(
  `two RabbitMQs${rabbitmqServer === undefined ? ' (skipped: rabbitmq-server is not installed)' : ''}`,
  () => {
    const first = new RabbitmqSide(sideOf('rabbitmq-north'), 'data-sample-jobs', 26500);
    const second = new RabbitmqSide(sideOf('rabbitmq-south'), 'data-sample-jobs', 26510);
    const arrives = (side: RabbitmqSide, texts: readonly string[]): Promise<true> =>
      until(
        20,
        async () => (JSON.stringify(await side.look('mails')) === JSON.stringify(texts) ? true : undefined),
        async () => `${texts} are not in the queue, but ${await side.look('mails')}; links: ${await side.links()}`,
      );
    const linked = (side: RabbitmqSide): Promise<true> =>
      until(
        30,
        async () => ((await side.links()).every((each) => each === 'running') ? true : undefined),
        async () => `links: ${await side.links()}`,
      );
    afterAll(async () => {
      for (const side of [first, second]) await side.kill();
    });

    test('what is published on the primary is in the queue of the standby, and nothing comes back', async () => {
      await first.prepare(north);
      await second.prepare(south);
      await Promise.all([first.start(), second.start()]);
      await first.apply(north, second);
      await second.apply(south, first);
      await linked(second);
      await first.publish('mails', 'one');
      await arrives(second, ['one']);
      await arrives(first, ['one']);
      expect(await first.links()).toEqual([]);
    });

    test('the standby takes messages once the primary is lost, and the old one comes back as its standby', async () => {
      await first.knows('mails');
      await first.kill();
      await second.apply(promotedSouth, first);
      await second.publish('mails', 'two');
      await arrives(second, ['one', 'two']);
      await first.start();
      await first.apply(returnedNorth, second);
      await linked(first);
      await second.publish('mails', 'three');
      await arrives(first, ['one', 'three']);
      await arrives(second, ['one', 'two', 'three']);
      expect(await second.links()).toEqual([]);
    });
  },
);

describe.skipIf(!artemisServer)(
  `two Artemis brokers${artemisServer ? '' : ' (skipped: FLUXWRIGHT_SERVERS names no folder with artemis/, see the README)'}`,
  () => {
    const address = 'data-sample.bills';
    const first = new ArtemisSide(sideOf('artemis-north'), 'data-sample-bills', 26600);
    const second = new ArtemisSide(sideOf('artemis-south'), 'data-sample-bills', 26610);
    const arrives = (side: ArtemisSide, texts: string): Promise<true> =>
      until(
        40,
        async () => ((await side.ask(`look ${address}`)) === texts ? true : undefined),
        async () => `${texts} are not in the queue, but ${await side.ask(`look ${address}`)}`,
      );
    afterAll(async () => {
      for (const side of [first, second]) await side.end('SIGKILL');
    });

    test('the standby has what is sent and loses what is taken, though the primary started before it knew the other side', async () => {
      await first.prepare(north);
      await second.prepare(south);
      await first.start(north, second);
      await first.ask(`send ${address} one`);
      first.receive(north, second);
      second.receive(south, first);
      await second.start(south, first);
      await first.ask(`send ${address} two`);
      await arrives(second, 'one,two');
      expect(await first.ask(`take ${address}`)).toBe('one');
      await arrives(second, 'two');
    });

    test('the standby takes messages once the primary is lost, and the old one comes back as its standby', async () => {
      await first.end('SIGKILL');
      await second.end('SIGTERM');
      await second.start(promotedSouth, first);
      await second.ask(`send ${address} three`);
      expect(await second.ask(`take ${address}`)).toBe('two');
      await first.start(returnedNorth, second);
      // Also what was taken over here while it was away is gone there.
      await arrives(first, 'three');
    });
  },
);
