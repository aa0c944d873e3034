import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Role, Surroundings } from '../controller/controller.ts';
import type { Fenced } from '../fence/fence-policy.ts';
import { defaultTiming, type Timing, timingFault } from '../timing.ts';

/** What the component writes for both programs (settings.json). Durations there are in seconds. */
export interface Settings {
  readonly site: string;
  readonly peer: string;
  readonly lease: { readonly url: string; readonly region: string };
  readonly timing: Timing;
  readonly witnesses: { readonly servers: readonly string[]; readonly quorum: number };
  readonly home: { readonly url: string; readonly main: string; readonly failover: string };
  readonly fenced: readonly Fenced[];
  /** Folder on the node that Cilium's agent reads policies from. */
  readonly fenceFolder: string;
  /** true: it says what it would do, and does nothing. */
  readonly dryRun: boolean;
}

/** What changes while the programs run: each is read anew. */
export interface Given {
  readonly role?: Role;
  readonly override?: Surroundings['override'];
  /** Why a person overrides; an override without a reason is none. */
  readonly reason?: string;
}

/** Reads settings.json. Throws an error that names the key where something is missing or of the wrong kind. */
export function readSettings(file: string): Settings {
  const text = readFileSync(file, 'utf8');
  const at = new Reader(parse(text, file), file);
  const seconds = at.object('timing', {});
  const timing = Object.fromEntries(
    Object.entries(defaultTiming).map(([key, standard]) => [
      key,
      key === 'drift' ? seconds.number(key, standard) : seconds.number(key, standard / 1000) * 1000,
    ]),
  ) as unknown as Timing;
  const fault = timingFault(timing);
  if (fault !== undefined) throw new Error(`${file}: timing: ${fault}`);
  const [lease, witnesses, home] = [at.object('lease'), at.object('witnesses'), at.object('home')];
  const [site, peer] = [at.text('site'), at.text('peer')];
  if (site === peer) throw new Error(`${file}: site and peer are the same`);
  const servers = witnesses.texts('servers');
  const quorum = witnesses.number('quorum');
  if (quorum < 1 || quorum > servers.length)
    throw new Error(`${file}: witnesses.quorum must be from 1 to the number of servers, ${servers.length}`);
  return {
    site,
    peer,
    lease: { url: lease.text('url'), region: lease.text('region') },
    timing,
    witnesses: { servers, quorum },
    home: { url: home.text('url'), main: home.text('main'), failover: home.text('failover') },
    fenced: at.list('fenced').map((each) => ({
      namespace: each.text('namespace'),
      pods: each.labels('pods'),
      ports: each.numbers('ports'),
    })),
    fenceFolder: at.text('fenceFolder'),
    dryRun: at.flag('dryRun'),
  };
}

const roles: readonly string[] = ['primary', 'standby', 'leaving'] satisfies readonly Role[];

/** Reads what lies in a folder as one file a key. What cannot be read is not known, and nothing is done for it. */
export function readGiven(folder: string): Given {
  const read = (key: string): string | undefined => {
    try {
      return readFileSync(path.join(folder, key), 'utf8').trim() || undefined;
    } catch {
      return undefined;
    }
  };
  const [role, override, reason] = [read('role'), read('override'), read('reason')];
  const overrides = override === 'hold' || override === 'takeover';
  return {
    ...(role !== undefined && roles.includes(role) && { role: role as Role }),
    ...(overrides && reason !== undefined && { override, reason }),
  };
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`);
  }
}

/** Takes values out of a JSON object, and says where one is missing. */
class Reader {
  readonly #value: Record<string, unknown>;
  readonly #at: string;

  constructor(value: unknown, at: string) {
    if (typeof value !== 'object' || value === null) throw new Error(`${at}: must be an object`);
    this.#value = value as Record<string, unknown>;
    this.#at = at;
  }

  #take<T>(key: string, is: (value: unknown) => value is T, what: string, standard?: T): T {
    const value = this.#value[key] ?? standard;
    if (!is(value)) throw new Error(`${this.#at}: ${key} must be ${what}`);
    return value;
  }

  text = (key: string): string => this.#take(key, isText, 'a text');
  number = (key: string, standard?: number): number => this.#take(key, isNumber, 'a number', standard);
  flag = (key: string): boolean => this.#take(key, (value) => typeof value === 'boolean', 'true or false', false);
  texts = (key: string): readonly string[] => this.#take(key, listOf(isText), 'a list of texts');
  numbers = (key: string): readonly number[] => this.#take(key, listOf(isNumber), 'a list of numbers');
  labels = (key: string): Readonly<Record<string, string>> => {
    const value = this.#value[key];
    const entries = Object.entries((value ?? {}) as object);
    if (entries.length === 0 || !entries.every(([, each]) => isText(each)))
      throw new Error(`${this.#at}: ${key} must be labels`);
    return value as Record<string, string>;
  };
  object = (key: string, standard?: object): Reader => new Reader(this.#value[key] ?? standard, `${this.#at}: ${key}`);
  list = (key: string): readonly Reader[] =>
    this.#take(key, (value): value is unknown[] => Array.isArray(value), 'a list').map(
      (each, index) => new Reader(each, `${this.#at}: ${key}[${index}]`),
    );
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const listOf =
  <T>(is: (value: unknown) => value is T) =>
  (value: unknown): value is T[] =>
    Array.isArray(value) && value.every(is);
