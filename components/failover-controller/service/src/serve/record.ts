import type { CoreV1Api } from '@kubernetes/client-node';
import type { Logger } from 'pino';
import type { Act } from '../controller/controller.ts';
import { metrics } from './metrics.ts';

const words: Readonly<Record<(Act & { do: 'write' })['why'], readonly [reason: string, message: string]>> = {
  first: ['LeaseTaken', 'took the lease, which nobody had ever had'],
  beat: ['Beat', 'is there'],
  resume: ['LeaseTaken', 'took back the lease: it is the last writer'],
  take: ['LeaseTaken', 'took the lease, and waits until the other side takes no more writes'],
  open: ['WritesOpened', 'is the writer from now on'],
  release: ['LeaseReleased', 'gave the lease back: its tree says that it hands over'],
};

/**
 * Tells of acts as log lines, metrics and Kubernetes Events, which keep the reason that a person gave. A beat that
 * arrived is no news.
 */
export function record(
  api: Pick<CoreV1Api, 'createNamespacedEvent'>,
  { namespace, identity, log }: { readonly namespace: string; readonly identity: string; readonly log: Logger },
): (act: Act, outcome: string, because: string) => void {
  return (act, outcome, because) => {
    const name = act.do === 'write' ? act.why : act.do;
    metrics.acts.inc({ act: name, outcome: act.do === 'read' ? 'failed' : outcome });
    if (name === 'beat' && outcome === 'written') return;
    const [reason, message] =
      act.do === 'write'
        ? words[act.why]
        : act.do === 'read'
          ? (['RoundFailed', 'could not do a round'] as const)
          : (['FastForward', 'moved main to the failover commit'] as const);
    log.info({ act: name, outcome, because }, message);
    if (act.do === 'read') return;
    const time = new Date();
    api
      .createNamespacedEvent({
        namespace,
        body: {
          metadata: { generateName: 'failover-' },
          involvedObject: { apiVersion: 'v1', kind: 'Pod', namespace, name: identity },
          reason,
          message: `${message}: ${outcome} (${because})`,
          type: outcome === 'written' || outcome === 'moved' || outcome === 'there' ? 'Normal' : 'Warning',
          source: { component: 'failover-controller' },
          firstTimestamp: time,
          lastTimestamp: time,
          count: 1,
        },
      })
      .catch((error: Error) => log.warn({ error: error.message }, 'no Event could be made'));
  };
}
