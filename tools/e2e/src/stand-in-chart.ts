import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { run } from './run.ts';

/** A workload that a real chart makes, by what the component declares of it. */
export interface StandInWorkload {
  readonly name: string;
  readonly kind: string;
  /** Present where it keeps data: a StatefulSet has a claim for each pod, any other workload one of its own name. */
  readonly storage?: string;
}

/** What stands in for a chart that cannot be fetched here: its name, its version, its CRDs, its declared workloads. */
export interface StandInChart {
  readonly name: string;
  readonly version: string;
  readonly crds: readonly string[];
  readonly workloads: readonly StandInWorkload[];
  /** Objects of its own kinds that are asked for: see {@link ownObject}. */
  readonly objects: readonly object[];
}

/** Packages a stand-in chart with the real helm and returns the path of the .tgz. Any values are accepted. */
export async function packageChart(helm: string, chart: StandInChart, folder: string): Promise<string> {
  const work = mkdtempSync(join(tmpdir(), 'fluxwright-chart-'));
  try {
    mkdirSync(join(work, 'templates'));
    mkdirSync(join(work, 'crds'));
    const about = { apiVersion: 'v2', name: chart.name, version: chart.version, description: 'stand-in for a test' };
    writeFileSync(join(work, 'Chart.yaml'), stringify(about));
    for (const [index, crd] of chart.crds.entries())
      writeFileSync(join(work, 'crds', `crd-${index}.yaml`), withoutDescriptions(crd));
    const objects = [...chart.workloads.flatMap(objectsOf), ...chart.objects].map((object) => stringify(object));
    writeFileSync(join(work, 'templates', 'workloads.yaml'), objects.join('---\n'));
    const output = await run(helm, ['package', work, '-d', folder]);
    return output.slice(output.indexOf(':') + 1).trim();
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Helm keeps a chart's files in the release's Secret, which holds one MiB: prose is left out. */
function withoutDescriptions(crds: string): string {
  const texts = parseAllDocuments(crds).map((each) =>
    JSON.stringify(each.toJS(), (key, value) =>
      key === 'description' && typeof value === 'string' ? undefined : value,
    ),
  );
  return texts.join('\n---\n');
}

/** An object of a custom kind as a chart makes it, with what its definition requires. */
export function ownObject({ apiVersion, kind, name }: { apiVersion: string; kind: string; name: string }): object {
  return { apiVersion, kind, metadata: { name }, spec: specs[`${apiVersion} ${kind}`] ?? {} };
}

const specs: Readonly<Record<string, object>> = {
  'velero.io/v1 BackupStorageLocation': { provider: 'aws', objectStorage: { bucket: 'stand-in' } },
};

function objectsOf(each: StandInWorkload): readonly object[] {
  const { name, kind, storage } = each;
  if (storage === undefined || kind === 'StatefulSet') return [workload(each)];
  return [{ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name }, spec: claim }, workload(each)];
}

/** The size is nobody's matter here: a component says it by a template. */
const claim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };

/** A pod that any namespace admits, also one that enforces the restricted Pod Security Standard. */
function workload({ name, kind, storage }: StandInWorkload): object {
  const labels = { 'app.kubernetes.io/name': name };
  const container = {
    name: 'main',
    image: 'example.invalid/stand-in:1',
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
    ...(storage === undefined ? {} : { volumeMounts: [{ name: 'data', mountPath: '/data' }] }),
  };
  const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: name } }];
  const pod = {
    securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [container],
    ...(storage === undefined || kind === 'StatefulSet' ? {} : { volumes }),
    ...(kind === 'Job' ? { restartPolicy: 'Never' } : {}),
  };
  return {
    apiVersion: kind === 'Job' ? 'batch/v1' : 'apps/v1',
    kind,
    metadata: { name },
    spec: {
      ...(kind === 'Job' ? {} : { selector: { matchLabels: labels } }),
      ...(kind === 'StatefulSet' ? { serviceName: name } : {}),
      ...(kind === 'StatefulSet' && storage !== undefined
        ? { volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: claim }] }
        : {}),
      template: { metadata: { labels }, spec: pod },
    },
  };
}
