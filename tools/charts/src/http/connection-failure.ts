import { ChartFailure } from '../lock/chart-failure.ts';

/** What went wrong with a connection, and whether another try could not go better. */
export interface ConnectionFailure {
  readonly failure: ChartFailure;
  readonly isFinal: boolean;
}

/** Codes of Node's that mean a certificate nobody vouches for (tls, X509 errors). */
const certificate =
  /^(SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_(VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT(_LOCALLY)?)|CERT_\w+|ERR_TLS_CERT_ALTNAME_INVALID)$/;

/** Reads an error of the HTTP client. `received` are the bytes that came before it. */
export function connectionFailure(error: unknown, host: string, received: number): ConnectionFailure {
  const codes = codesOf(error);
  const has = (form: RegExp): boolean => codes.some((code) => form.test(code));
  const unreachable = (note: string): ChartFailure =>
    new ChartFailure('charts/unreachable', `${host} cannot be reached`, { note });
  if (has(certificate))
    return { failure: unreachable('its certificate is not trusted: give its CA with --ca-file'), isFinal: true };
  if (has(/^ERR_SSL_|^EPROTO$/)) return { failure: unreachable('it does not speak TLS'), isFinal: true };
  if (has(/^ENOTFOUND$/)) return { failure: unreachable('nobody knows its name'), isFinal: true };
  if (has(/^ECONNREFUSED$/)) return { failure: unreachable('nothing listens there'), isFinal: false };
  if (has(/TIMEOUT|^ETIMEDOUT$|^TimeoutError$|^AbortError$/))
    return { failure: unreachable('it is silent for too long'), isFinal: false };
  if (
    has(/^(UND_ERR_SOCKET|ECONNRESET|EPIPE|UND_ERR_RES_CONTENT_LENGTH_MISMATCH|HPE_\w+|UND_ERR_ABORTED|ECONNABORTED)$/)
  )
    return {
      failure: new ChartFailure('charts/bad-answer', `${host} broke off in the middle of an answer`, {
        note: `after ${received} bytes`,
      }),
      isFinal: false,
    };
  return { failure: unreachable(codes[0] ?? 'the connection failed'), isFinal: false };
}

/** The codes of an error and of what caused it. */
function codesOf(error: unknown): readonly string[] {
  const codes: string[] = [];
  for (
    let each = error;
    each instanceof Error && codes.length < 10;
    each = each.cause ?? (each as AggregateError).errors?.[0]
  ) {
    const { code } = each as NodeJS.ErrnoException;
    if (typeof code === 'string') codes.push(code);
    codes.push(each.name);
  }
  return codes;
}
