import { Redis } from 'iovalkey';
import { callerFinder } from './caller.ts';
import { makeServer } from './server.ts';
import { readSettings } from './settings.ts';

const settings = readSettings(process.env);
const store = new Redis({ ...settings.store, maxRetriesPerRequest: 1, commandTimeout: 2_000 });
store.on('error', (error) => console.error(`store: ${error.message}`));
const server = makeServer({ store, findCaller: callerFinder(settings.issuer) });
server.listen(settings.port, () => console.log(`listening on port ${settings.port}`));
process.once('SIGTERM', () => server.close(() => process.exit(0)));
