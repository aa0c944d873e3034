import { didYouMean } from '@fluxwright/diagnostics';
import { valueAt } from '@fluxwright/documents';
import type { Cluster } from '../load/workspace.ts';
import { clusterSettings } from './cluster-settings.ts';
import { type Resolution, report } from './resolution.ts';
import type { MergedValues } from './resolved-cluster.ts';

export interface Peer {
  readonly cluster: Cluster;
  readonly settings: MergedValues;
}

/** The other cluster of the pair, where there is one: both name each other, one is primary and one standby. */
export function checkPair(resolution: Resolution): Peer | undefined {
  const { workspace, cluster, settings } = resolution;
  const own = pairOf(settings);
  if (own.peer === undefined) return undefined;
  const [span = { file: cluster.manifest.file }] = settings.originsOf(['disasterRecovery', 'peer']);
  const other = workspace.clusters.get(own.peer);
  if (other === undefined) {
    if (workspace.broken.has(`clusters/${own.peer}`)) resolution.blocked = true;
    else {
      const help = didYouMean(
        own.peer,
        workspace.clusterNames.filter((name) => name !== cluster.name),
      );
      report(resolution, 'resolve/unknown-cluster', {
        message: `cluster "${cluster.name}" has the peer "${own.peer}", which does not exist`,
        primary: span,
        note: `no folder clusters/${own.peer}`,
        ...(help === undefined ? {} : { help }),
      });
    }
    return undefined;
  }
  const theirs = clusterSettings(workspace, other);
  checkRoles(resolution, { cluster: other, settings: theirs });
  return { cluster: other, settings: theirs };
}

function checkRoles(resolution: Resolution, { cluster: other, settings: theirs }: Peer): void {
  const { cluster, settings } = resolution;
  const { role, switching } = pairOf(settings);
  const back = pairOf(theirs);
  const place = (of: MergedValues, of_: Cluster, key: string) =>
    of.originsOf(['disasterRecovery', key])[0] ?? of_.manifest.locate(['spec', 'disasterRecovery'], 'key');
  if (other.name === cluster.name) {
    report(resolution, 'resolve/peer-mismatch', {
      message: `cluster "${cluster.name}" is its own peer`,
      primary: place(settings, cluster, 'peer'),
      note: 'name the other cluster',
    });
  } else if (back.peer !== cluster.name) {
    report(resolution, 'resolve/peer-mismatch', {
      message: `cluster "${cluster.name}" has the peer "${other.name}", which does not name it back`,
      primary: place(settings, cluster, 'peer'),
      note: 'a pair names each other',
      labels: [
        {
          span: place(theirs, other, 'peer'),
          message: back.peer === undefined ? 'no peer here' : `its peer is "${back.peer}"`,
        },
      ],
      help: `set spec.disasterRecovery.peer of "${other.name}" to "${cluster.name}"`,
    });
  } else if (role !== undefined && role === back.role && !(role === 'standby' && (switching || back.switching))) {
    report(resolution, 'resolve/peer-mismatch', {
      message: `clusters "${cluster.name}" and "${other.name}" are both ${role}`,
      primary: place(settings, cluster, 'role'),
      note: 'one of a pair is primary, the other standby',
      labels: [{ span: place(theirs, other, 'role'), message: `"${other.name}" is ${back.role} too` }],
      help: `make one of them ${role === 'primary' ? 'standby' : 'primary'}`,
    });
  }
}

interface Pairing {
  readonly role?: string;
  readonly peer?: string;
  /** While it hands over, both are standby. */
  readonly switching?: boolean;
}

function pairOf(settings: MergedValues): Pairing {
  const pair = valueAt(settings.value, ['disasterRecovery']);
  return (pair ?? {}) as Pairing;
}
