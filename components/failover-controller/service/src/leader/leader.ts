import { type CoordinationV1Api, V1MicroTime } from '@kubernetes/client-node';

export interface LeaderSettings {
  readonly namespace: string;
  readonly name: string;
  /** Name of this process. */
  readonly identity: string;
  /** Seconds after which a leader that says nothing is none. */
  readonly duration: number;
}

type Api = Pick<CoordinationV1Api, 'readNamespacedLease' | 'createNamespacedLease' | 'replaceNamespacedLease'>;

/**
 * One of several processes leads, by a Lease of coordination.k8s.io as client-go's leader election does it: what others
 * wrote is believed for `duration` from when it was first seen, not by their clocks.
 *
 * Two that lead for a moment harm nobody here: what they do is conditional. Who cannot reach the API server leads not,
 * and so a side that has lost it gives up the lease of the pair.
 */
export class Leader {
  #seen: { readonly version: string; readonly at: number } | undefined;
  readonly #api: Api;
  readonly #settings: LeaderSettings;

  constructor(api: Api, settings: LeaderSettings) {
    this.#api = api;
    this.#settings = settings;
  }

  /** Tries to lead, or to go on leading. Whether it does. Never throws. */
  async leads(now: number): Promise<boolean> {
    try {
      return await this.#try(now);
    } catch {
      return false;
    }
  }

  async #try(now: number): Promise<boolean> {
    const { namespace, name, identity, duration } = this.#settings;
    const renewTime = new V1MicroTime();
    const lease = await this.#api.readNamespacedLease({ namespace, name }).catch((error: { code?: number }) => {
      if (error.code === 404) return undefined;
      throw error;
    });
    const spec = { holderIdentity: identity, leaseDurationSeconds: duration, renewTime };
    if (lease === undefined) {
      await this.#api.createNamespacedLease({
        namespace,
        body: { metadata: { name }, spec: { ...spec, acquireTime: renewTime } },
      });
      return true;
    }
    const version = lease.metadata?.resourceVersion ?? '';
    if (this.#seen?.version !== version) this.#seen = { version, at: now };
    const own = lease.spec?.holderIdentity === identity;
    const held = (lease.spec?.holderIdentity ?? '') !== '' && now - this.#seen.at < duration * 1000;
    if (!own && held) return false;
    const body = { ...lease, spec: { ...lease.spec, ...spec, ...(!own && { acquireTime: renewTime }) } };
    // The version goes with it: where another one was faster, the server refuses.
    const written = await this.#api.replaceNamespacedLease({ namespace, name, body });
    this.#seen = { version: written.metadata?.resourceVersion ?? '', at: now };
    return true;
  }
}
