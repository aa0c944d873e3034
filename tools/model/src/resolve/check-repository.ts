import { valueAt } from '@fluxwright/documents';
import { type Resolution, report } from './resolution.ts';

/**
 * Warns of a repository whose server the cluster runs itself: a name of the cluster's own DNS, or one below its domain. From
 * nothing such a cluster cannot start, because the server comes with the tree; once it runs it can.
 */
export function checkRepository(resolution: Resolution): void {
  const { cluster, settings } = resolution;
  const url = valueAt(settings.value, ['git', 'url']);
  const domain = valueAt(settings.value, ['domain']);
  if (typeof url !== 'string' || !URL.canParse(url)) return;
  const host = new URL(url).hostname.toLowerCase();
  // Service names (https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/); `.svc` may be cut short of its zone.
  const isService = /\.svc(\.|$)|\.cluster\.local$/.test(host);
  const isBelow = typeof domain === 'string' && (host === domain || host.endsWith(`.${domain}`));
  if (!isService && !isBelow) return;
  report(resolution, 'resolve/own-repository', {
    message: `cluster "${cluster.name}" reads its tree from ${host}, which lies in the cluster itself`,
    primary: settings.originsOf(['git', 'url'])[0] ?? { file: cluster.manifest.file },
    note: isService ? 'a service of the cluster' : `below its domain ${domain}`,
    help: 'start it from a repository outside, and move once the server runs; keep a clone to apply when it is gone',
  });
}
