import { issuerKeys, openStore } from '@fluxwright/token-gate-service';
import { callerFinder } from './caller.ts';
import { makeServer } from './server.ts';
import { readSettings } from './settings.ts';

const { issuer, audience, port, store: where } = readSettings(process.env);
const findCaller = callerFinder({ issuer, audience, keys: issuerKeys(issuer) });
const server = makeServer({ store: openStore(where), findCaller });
server.listen(port, () => console.log(`listening on port ${port}`));
process.once('SIGTERM', () => server.close(() => process.exit(0)));
