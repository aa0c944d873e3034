import { hasErrors, type Staged } from '@fluxwright/diagnostics';
import type { Bootstrap } from '../data/bootstrap.ts';
import type { RenderedCluster } from '../data/rendered-cluster.ts';
import type { RenderCache } from '../render/render-cache.ts';
import { planBootstrap } from './bootstrap-plan.ts';
import { bootstrapReadme } from './bootstrap-readme.ts';
import { renderBootstrap } from './render-bootstrap.ts';

/**
 * How a cluster comes to be before Flux keeps it; undefined where no component says anything of that. The files are [] where one of
 * them cannot be made yet, which a hint tells.
 */
export function bootstrapOf(rendered: RenderedCluster, cache: RenderCache): Staged<Bootstrap | undefined> {
  const { components } = rendered.cluster;
  const isSaid = components.some(
    ({ component: { bootstrap, spec } }) => bootstrap.length > 0 || spec.bootstrap !== undefined,
  );
  if (!isSaid) return { value: undefined, diagnostics: [] };
  const made = renderBootstrap(rendered.cluster, cache);
  const { value, diagnostics } = planBootstrap(rendered);
  const found = [...made.diagnostics, ...diagnostics];
  const isWhole = made.diagnostics.length === 0 && !hasErrors(found);
  const [first] = value.files;
  const source = first?.source ?? { file: rendered.cluster.file };
  const files = [
    ...value.files,
    ...made.value,
    { path: 'bootstrap/README.md', text: bootstrapReadme(value.plan), source },
  ];
  return { value: { plan: value.plan, files: isWhole ? files : [] }, diagnostics: found };
}
