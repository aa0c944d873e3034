import { startGitServer } from './git-server.ts';

/** Serves bare repositories with the names given until standard input ends; prints where as one line of JSON. */
const server = await startGitServer();
const names = process.argv.slice(2);
const urls = names.map((name) => server.create(name));
process.stdout.write(`${JSON.stringify({ url: server.url, root: server.root, urls })}\n`);
process.stdin.resume();
process.stdin.on('end', () => server.close());
