import type { IncomingHttpHeaders } from 'node:http';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface HttpOptions {
  /** HTTPS_PROXY, HTTP_PROXY and NO_PROXY in either case; NODE_EXTRA_CA_CERTS and SSL_CERT_FILE name CAs. */
  readonly environment: Environment;
  /** A file of CA certificates (PEM) to trust besides the system's. */
  readonly caFile?: string;
  /** Seconds without a byte after which an answer is given up; 30 by default. */
  readonly idleSeconds?: number;
  /** Seconds one answer may take as a whole; 600 by default. */
  readonly totalSeconds?: number;
  /** How often a request is tried again; 4 by default. */
  readonly retries?: number;
  /** Milliseconds before the second try, doubled for each further; 500 by default. */
  readonly backoff?: number;
}

export interface Ask {
  /** A longer answer is refused. */
  readonly maxBytes: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Goes to the origin of the URL and to no other: a redirect to another host does not carry it. */
  readonly authorization?: string;
  /** True where the address names the content by its digest: then a broken answer is resumed also without an ETag. */
  readonly isImmutable?: boolean;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Of whom it is: where redirects led to, not who was asked. */
  readonly origin: string;
}

export interface Http {
  /**
   * The answer to a GET, of whatever status but those that are worth another try (408, 429, 5xx). Follows five redirects,
   * waits as Retry-After says (RFC 9110, up to a minute), and resumes a broken answer by Range and If-Range where the server
   * can. Throws a {@link ChartFailure}.
   */
  readonly get: (url: string, ask: Ask) => Promise<Answer>;
  readonly close: () => Promise<void>;
}
