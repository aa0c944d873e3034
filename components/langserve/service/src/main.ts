import { makeServer } from './server.ts';
import { readSettings } from './settings.ts';

const settings = readSettings(process.env);
const server = makeServer(settings);
server.listen(settings.port, () => console.log(`listening on port ${settings.port}`));

// What is being answered is answered to its end; the pod has two minutes for it.
process.once('SIGTERM', () => server.close(() => process.exit(0)));
