import type { Credentials } from '../http/credentials.ts';
import type { Http } from '../http/http.ts';

/** How charts are fetched. */
export interface FetchContext {
  readonly http: Http;
  readonly credentials: Credentials;
  /** Index files of HTTP repositories, each asked for once a run. */
  readonly indexes: Map<string, Promise<ReadonlyMap<string, readonly IndexEntry[]>>>;
}

/** A chart in an index of a repository. */
export interface IndexEntry {
  readonly version: string;
  /** Hex, where the index has it. */
  readonly digest?: string;
  readonly urls: readonly string[];
}

/** Larger charts are refused by Kubernetes itself: a release is a Secret of at most 1 MiB. */
export const mostOfAChart = 32 * 1024 * 1024;

/** It holds a Chart.yaml. */
export const mostOfProvenance = 1024 * 1024;
