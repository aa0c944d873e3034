import { type Diagnostic, listWords, type Staged } from '@fluxwright/diagnostics';
import type { JsonPath } from '@fluxwright/documents';
import { objectTitle } from '@fluxwright/kubernetes';
import type { ResolvedComponent } from '@fluxwright/model';
import type { BootstrapFile, BootstrapPlan, BootstrapStep, GivenThing } from '../data/bootstrap.ts';
import type { RenderedCluster } from '../data/rendered-cluster.ts';
import { installOrder } from '../plan/install-order.ts';
import { filledText } from '../template/value-of-text.ts';
import { firstInstalls } from './first-installs.ts';
import { givenThings } from './given-things.ts';
import { laterNeeds } from './later-needs.ts';
import { namespaceCommands } from './namespace-commands.ts';

/** The way from nothing to Flux, and the files that the compiler adds to those of the components. */
export interface PlannedBootstrap {
  readonly plan: BootstrapPlan;
  readonly files: readonly BootstrapFile[];
}

/**
 * Orders what a person does (docs/decisions/0080): machines, what is handed over, what is installed before Flux, Flux itself, and what waits
 * until it runs; within each by the graph of the cluster.
 */
export function planBootstrap(rendered: RenderedCluster): Staged<PlannedBootstrap> {
  const { cluster, edges } = rendered;
  const ordered = installOrder({ ...cluster, edges });
  const installs = firstInstalls(rendered, ordered);
  const given = givenThings(rendered, ordered);
  const first = new Set(['flux-system', ...installs.steps.flatMap(({ component }) => component ?? [])]);
  const [before, later] = [
    given.filter(({ components }) => components.some((each) => first.has(each))),
    given.filter(({ components }) => !components.some((each) => first.has(each))),
  ];
  const said = ordered.map((resolved) => stepsOf(rendered, resolved));
  const steps = said.flatMap(({ value }) => value);
  return {
    value: {
      plan: {
        cluster: cluster.name,
        given,
        steps: [
          ...(['prepare', 'nodes', 'cluster'] as const).flatMap((each) => steps.filter(({ phase }) => phase === each)),
          ...before.map((each) => handOver(rendered, each, 'given')),
          ...installs.steps,
          takeOver,
          ...later.map((each) => handOver(rendered, each, 'installed')),
          ...steps.filter(({ phase }) => phase === 'installed'),
        ],
      },
      files: installs.files,
    },
    diagnostics: [...said.flatMap(({ diagnostics }) => diagnostics), ...laterNeeds(rendered)],
  };
}

const takeOver: BootstrapStep = {
  phase: 'flux',
  title: 'Let Flux take over',
  run: ['kubectl apply --server-side -k ../flux-system'],
  check: 'kubectl wait --namespace flux-system kustomization/flux-system --for condition=Ready --timeout 10m',
  back: 'kubectl delete --namespace flux-system kustomization/flux-system',
};

function stepsOf({ cluster }: RenderedCluster, resolved: ResolvedComponent): Staged<readonly BootstrapStep[]> {
  const { name, spec } = resolved.component;
  const diagnostics: Diagnostic[] = [];
  const value = (spec.bootstrap?.steps ?? []).map(({ title, when, run = [], check, back }, index): BootstrapStep => {
    const fill = (said: string, ...key: JsonPath): string => {
      const filled = filledText(cluster, resolved, { path: ['spec', 'bootstrap', 'steps', index, ...key], said });
      diagnostics.push(...filled.diagnostics);
      return filled.value?.value ?? '';
    };
    return {
      phase: when,
      title: fill(title, 'title'),
      component: name,
      run: run.map((each, at) => fill(each, 'run', at)),
      check: fill(check, 'check'),
      back: fill(back, 'back'),
    };
  });
  return { value, diagnostics };
}

function handOver(
  { resources }: RenderedCluster,
  { command, ...given }: GivenThing,
  phase: BootstrapStep['phase'],
): BootstrapStep {
  const { components, kind, namespace, name, keys } = given;
  const isSecret = command !== undefined && namespace !== undefined;
  return {
    phase,
    title: `Hand over ${objectTitle(given)}${keys.length === 0 ? '' : ` with ${listWords(keys, 'and')}`}`,
    component: components[0],
    run: isSecret ? [...namespaceCommands(namespace, resources), command] : [],
    check: isSecret
      ? `kubectl get secret ${name} --namespace ${namespace}`
      : `What reads it becomes Ready: ${listWords(components, 'and')}`,
    back: isSecret ? `kubectl delete secret ${name} --namespace ${namespace}` : `Take the ${kind} away again`,
  };
}
