import { createServer, type Server } from 'node:http';
import { registry } from './metrics.ts';

/**
 * Serves /metrics, and /healthz: 200 while the last round began less than `patience` milliseconds ago. A kubelet
 * restarts what hangs, also without an API server.
 */
export function serve(port: number, patience: number, lastRound: () => number): Server {
  const server = createServer(async (request, response) => {
    if (request.url === '/metrics')
      response.writeHead(200, { 'content-type': registry.contentType }).end(await registry.metrics());
    else if (request.url === '/healthz')
      response.writeHead(performance.now() - lastRound() < patience ? 200 : 503).end();
    else response.writeHead(404).end();
  });
  server.listen(port);
  return server;
}
