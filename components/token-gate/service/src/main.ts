import { hostname } from 'node:os';
import { billUsage } from './bill-usage.ts';
import { forwardCalls, prepareForwarding } from './forward-calls.ts';
import { askIssuer, type Issuer } from './issuer.ts';
import { makeServer } from './server.ts';
import { readSettings, type Settings } from './settings.ts';
import { openStore } from './store.ts';

const settings = readSettings(process.env);
if (process.argv[2] === 'bill') await bill(settings);
else serve(settings);

async function bill({ billing, meter }: Settings): Promise<void> {
  if (billing === undefined) throw new Error('not set: BILLING_URL');
  console.log(`brought ${await billUsage({ meter: meter.url, billing }, Date.now())} sums to billing`);
}

function serve(settings: Settings): void {
  const store = openStore(settings.store);
  let asked: Promise<Issuer> | undefined;
  const issuer = () => {
    // One that did not answer is asked again by the next call.
    asked ??= askIssuer(settings).catch((error: unknown) => {
      asked = undefined;
      throw error;
    });
    return asked;
  };
  const server = makeServer({ settings, issuer, store });
  server.listen(settings.port, () => console.log(`listening on port ${settings.port}`));
  const stop = new AbortController();
  const forwarded = forward(settings, store, stop.signal);
  process.once('SIGTERM', () => {
    stop.abort();
    server.close(async () => {
      await forwarded;
      process.exit(0);
    });
  });
}

async function forward({ meter }: Settings, store: ReturnType<typeof openStore>, stop: AbortSignal): Promise<void> {
  for (let pause = 0; !stop.aborted; await new Promise((wake) => setTimeout(wake, pause))) {
    try {
      await prepareForwarding(store);
      pause = (await forwardCalls(store, meter, hostname())) === 0 ? 1_000 : 0;
    } catch (error) {
      console.error(error instanceof Error ? error.message : String(error));
      pause = 5_000;
    }
  }
}
