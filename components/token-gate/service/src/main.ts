import { hostname } from 'node:os';
import { billUsage } from './bill-usage.ts';
import { keepForwarding } from './forward-calls.ts';
import { findIssuer } from './issuer.ts';
import { makeServer } from './server.ts';
import { readBillingSettings, readSettings } from './settings.ts';
import { openStore } from './store.ts';

if (process.argv[2] === 'bill') await bill();
else serve();

async function bill(): Promise<void> {
  const { taken, refused } = await billUsage(readBillingSettings(process.env), Date.now());
  console.log(`brought ${taken} sums to billing`);
  for (const { event, because } of refused)
    console.error(`refused, not brought to billing: ${JSON.stringify(event)}: ${because}`);
  // The Job fails, so that somebody looks: nobody pays for these.
  if (refused.length > 0) process.exitCode = 1;
}

function serve(): void {
  const settings = readSettings(process.env);
  const store = openStore(settings.store);
  const server = makeServer({ settings, issuer: findIssuer(settings), store });
  server.listen(settings.port, () => console.log(`listening on port ${settings.port}`));
  const stop = new AbortController();
  const forwarded = keepForwarding(store, settings.meter, { name: hostname(), stop: stop.signal });
  process.once('SIGTERM', () => {
    stop.abort();
    server.close(async () => {
      await forwarded;
      process.exit(0);
    });
  });
}
