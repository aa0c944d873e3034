import type { IncomingMessage } from 'node:http';
import { type Caller, type Expected, identify, proofIn, Refusal } from '@fluxwright/token-gate-service';
import { Problem } from './problem.ts';

export type { Caller } from '@fluxwright/token-gate-service';

export type FindCaller = (request: IncomingMessage, path: string) => Promise<Caller>;

/**
 * The gate has checked the token before. It is checked again by the same code, and so is the proof where it is bound to a key, so
 * that a token does not count for more than at the gate where somebody reaches the pod past it.
 */
export function callerFinder(expected: Expected): FindCaller {
  return async ({ method = 'GET', headers }, path) => {
    const { authorization, host = '' } = headers;
    try {
      return (await identify({ method, host, path, authorization, proof: proofIn(headers) }, expected)).caller;
    } catch (error) {
      throw error instanceof Refusal ? new Problem(error.status, error.message) : error;
    }
  };
}
