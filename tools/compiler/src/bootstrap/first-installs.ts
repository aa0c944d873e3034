import { by, isObject, type JsonObject, valueAt, yamlText } from '@fluxwright/documents';
import { type Component, isBeside, type ResolvedComponent } from '@fluxwright/model';
import { generatedHeader } from '../assemble/generated-header.ts';
import type { BootstrapFile, BootstrapStep } from '../data/bootstrap.ts';
import type { RenderedCluster, Resource } from '../data/rendered-cluster.ts';
import { stageFolderOf } from '../plan/stage-part.ts';
import { namespaceCommands } from './namespace-commands.ts';

/** What is installed before Flux: the steps in the order of the graph, and the values that each chart is given. */
export interface FirstInstalls {
  readonly steps: readonly BootstrapStep[];
  readonly files: readonly BootstrapFile[];
}

/**
 * The components that Flux cannot install, each from the files of the tree itself, so that Flux finds what it would make: a chart by helm
 * with the values of its release, under the same name, which helm-controller then upgrades (fluxcd/helm-controller
 * internal/reconcile/state.go: ReleaseStatusUnmanaged), everything else by server-side apply, whose fields kustomize-controller takes over
 * (fluxcd/kustomize-controller internal/controller/kustomization_controller.go: the field manager kubectl). What is attached, such as metrics
 * that a collector reads, stays for Flux: its provider is not there yet.
 */
export function firstInstalls(rendered: RenderedCluster, ordered: readonly ResolvedComponent[]): FirstInstalls {
  const first = ordered.filter(({ component }) => component.spec.bootstrap?.install !== undefined);
  const made = first.map((resolved) => installOf(rendered, resolved));
  return { steps: made.map(({ step }) => step), files: made.flatMap(({ files }) => files) };
}

interface Install {
  readonly step: BootstrapStep;
  readonly files: readonly BootstrapFile[];
}

function installOf({ resources }: RenderedCluster, { component }: ResolvedComponent): Install {
  const own = resources.filter(
    ({ origin: { stage }, path }) =>
      stage?.component === component.name && !isBeside(stage.stage) && path.startsWith('components/'),
  );
  const folders = [...Map.groupBy(own, ({ path }) => stageFolderOf(path))].sort(by(([folder]) => turnOf(folder)));
  const namespaces = namespaceCommands(component.spec.namespace, resources);
  const parts = folders.map(([folder, objects]) => folderInstall(folder, objects, component));
  const { name, spec, manifest } = component;
  return {
    files: parts.flatMap(({ values }) =>
      values === undefined
        ? []
        : [
            {
              path: valuesFile(name),
              text: `${generatedHeader(manifest.file)}${yamlText(values)}`,
              source: { file: manifest.file },
            },
          ],
    ),
    step: {
      phase: 'install',
      title: `Install ${spec.title}`,
      component: name,
      because: spec.bootstrap?.install?.because ?? '',
      run: [...new Set([...namespaces, ...parts.flatMap(({ run }) => run)])],
      check: parts.map(({ check }) => check).join(' && '),
      back: parts
        .flatMap(({ back }) => back)
        .reverse()
        .join(' && '),
    },
  };
}

interface FolderInstall {
  readonly run: readonly string[];
  readonly check: string;
  readonly back: readonly string[];
  readonly values?: JsonObject;
}

function folderInstall(folder: string, objects: readonly Resource[], component: Component): FolderInstall {
  const release = objects.find(isRelease);
  const plain = objects.filter(({ apiVersion }) => !apiVersion.includes('.toolkit.fluxcd.io/'));
  const isPlain = plain.length === objects.length;
  const { helm, source } = component.spec;
  const applied = isPlain
    ? [`kubectl apply --server-side --kustomize ../${folder}`]
    : plain.map(({ path }) => `kubectl apply --server-side --filename ../${path}`);
  // A namespace holds what others made, too: it stays.
  const removed = plain
    .filter(({ kind }) => kind !== 'Namespace')
    .map(({ path }) => `kubectl delete --ignore-not-found --filename ../${path}`);
  if (release !== undefined && helm !== undefined)
    return releaseInstall(release, helm, { applied, removed, component });
  const base =
    source === undefined || !folder.endsWith('/install')
      ? undefined
      : `"${source.git}//${source.path.replace(/^\.\//, '')}?ref=${source.ref.commit ?? source.ref.tag}"`;
  if (base === undefined)
    return { run: applied, check: `kubectl get --filename ../${folder} --recursive > /dev/null`, back: removed };
  return {
    run: [...applied, `kubectl apply --server-side --kustomize ${base}`],
    check: `kubectl get --kustomize ${base} > /dev/null`,
    back: [...removed, `kubectl delete --ignore-not-found --kustomize ${base}`],
  };
}

interface ReleaseParts {
  readonly applied: readonly string[];
  readonly removed: readonly string[];
  readonly component: Component;
}

function releaseInstall(
  { object, name: ownName, namespace }: Resource,
  helm: NonNullable<Component['spec']['helm']>,
  { applied, removed, component }: ReleaseParts,
): FolderInstall {
  const values = valueAt(object, ['spec', 'values']);
  const name = valueAt(object, ['spec', 'releaseName']) ?? ownName;
  const chart = helm.repository.startsWith('oci://')
    ? `${helm.repository}/${helm.chart}`
    : `${helm.chart} --repo ${helm.repository}`;
  const place = `--namespace ${namespace}`;
  const file = valuesFile(component.name).replace('bootstrap/', '');
  const wait = `--wait --timeout ${helm.timeout ?? '10m'}`;
  return {
    run: [
      ...applied,
      `helm upgrade --install ${name} ${chart} --version ${helm.version} ${place} --values ${file} ${wait}`,
    ],
    check: `helm status ${name} ${place}`,
    back: [...removed, `helm uninstall ${name} ${place}`],
    values: isObject(values) ? values : {},
  };
}

/** The folders of a component in the order that Flux applies them (docs/decisions/0010). */
const turns = ['services', 'crds', 'before', 'install', 'after', 'configure'];

function turnOf(folder: string): string {
  return String(turns.indexOf(folder.slice(folder.lastIndexOf('/') + 1)));
}

function valuesFile(component: string): string {
  return `bootstrap/values/${component}.yaml`;
}

function isRelease({ apiVersion, kind }: Resource): boolean {
  return kind === 'HelmRelease' && apiVersion.startsWith('helm.toolkit.fluxcd.io/');
}
