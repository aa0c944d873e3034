import type { Login } from '../http/credentials.ts';
import { ChartFailure } from '../lock/chart-failure.ts';

/** The failure that a status means; `what` is what was asked for: `the index of https://…`. */
export function refusal(status: number, host: string, what: string, login: Login | undefined): ChartFailure {
  if (status === 401 || status === 403)
    return new ChartFailure('charts/unauthorized', `${host} does not give ${what}`, {
      note:
        login === undefined
          ? `status ${status}, and no credentials of ours are for ${host}`
          : `status ${status}, with the credentials of ${JSON.stringify(login.username)}`,
    });
  if (status === 404 || status === 410)
    return new ChartFailure('charts/not-found', `${host} does not have ${what}`, { note: `status ${status}` });
  return new ChartFailure('charts/bad-answer', `${host} answers with status ${status}`, { note: `asked for ${what}` });
}
