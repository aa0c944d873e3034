import { providedCapabilities, requiredCapabilities, requiredComponents } from '../load/requirements.ts';
import type { Workspace } from '../load/workspace.ts';
import type { ClusterMembers } from './cluster-members.ts';

/** A component of the catalogue, and who has it. Lists are sorted. */
export interface ListedComponent {
  readonly name: string;
  readonly version: string;
  readonly title: string;
  readonly description: string;
  readonly category?: string;
  /** From the root. */
  readonly folder: string;
  readonly maturity: 'available' | 'coming';
  readonly chart?: { readonly repository: string; readonly name: string; readonly version: string };
  readonly source?: { readonly git: string; readonly ref: string; readonly path: string };
  /** Capabilities. */
  readonly provides: readonly string[];
  readonly requires: { readonly components: readonly string[]; readonly capabilities: readonly string[] };
  /** Options without which it does not exist, by choice. */
  readonly choices: Readonly<Record<string, readonly string[]>>;
  /** Options that it has values for, by choice. */
  readonly answers: Readonly<Record<string, readonly string[]>>;
  readonly clusters: readonly string[];
}

/** Every component that could be read, by name. */
export function listComponents(workspace: Workspace, members: readonly ClusterMembers[]): readonly ListedComponent[] {
  return [...workspace.components.values()].map((component) => {
    const { name, version, folder, spec, answers } = component;
    const { title, description, category, maturity = 'available', helm, source, choices = {} } = spec;
    return {
      name,
      version,
      title,
      description,
      ...(category !== undefined && { category }),
      folder,
      maturity,
      ...(helm && { chart: { repository: helm.repository, name: helm.chart, version: helm.version } }),
      ...(source && {
        source: { git: source.git, ref: source.ref.tag ?? source.ref.commit ?? '', path: source.path },
      }),
      provides: names(providedCapabilities(component)),
      requires: {
        components: names(requiredComponents(component)),
        capabilities: names(requiredCapabilities(component)),
      },
      choices,
      answers: Object.fromEntries(
        [...Map.groupBy(answers, ({ choice }) => choice)].map(([choice, all]) => [
          choice,
          all.map(({ option }) => option),
        ]),
      ),
      clusters: members.filter(({ components }) => components.has(name)).map((each) => each.name),
    };
  });
}

function names(named: readonly { readonly name: string }[]): readonly string[] {
  return [...new Set(named.map(({ name }) => name))].sort();
}
