/** Why a call does not come through, as RFC 6750 and 9449 name it. */
export class Refusal extends Error {
  readonly status: 401 | 403 | 429;
  readonly error: string;
  readonly headers: Readonly<Record<string, string>>;
  constructor(
    status: Refusal['status'],
    error: string,
    message: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.error = error;
    this.headers = headers;
  }
}
