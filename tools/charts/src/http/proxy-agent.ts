import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { EnvHttpProxyAgent } from 'undici';
import { ChartFailure } from '../lock/chart-failure.ts';
import type { HttpOptions } from './http.ts';

/** Connections by the proxies and CAs of an environment; one that is not made in `silence` milliseconds is given up. */
export function proxyAgent({ environment, caFile }: HttpOptions, silence: number): EnvHttpProxyAgent {
  const files = [caFile, environment.NODE_EXTRA_CA_CERTS, environment.SSL_CERT_FILE].filter(
    (file) => file !== undefined && file !== '',
  ) as readonly string[];
  const tls = files.length === 0 ? {} : { ca: [...rootCertificates, ...files.map(readCertificates)] };
  const of = (name: string): string => environment[name] ?? environment[name.toUpperCase()] ?? '';
  try {
    return new EnvHttpProxyAgent({
      httpProxy: of('http_proxy'),
      httpsProxy: of('https_proxy'),
      noProxy: of('no_proxy'),
      connect: { ...tls, timeout: silence },
      requestTls: tls,
      proxyTls: tls,
      connections: 8,
    });
  } catch {
    throw new ChartFailure('charts/unreachable', 'HTTPS_PROXY or HTTP_PROXY is no address of a proxy');
  }
}

function readCertificates(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new ChartFailure('charts/unreachable', `the file of CA certificates cannot be read: ${file}`);
  }
}
