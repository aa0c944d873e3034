import { plainTable } from '@fluxwright/diagnostics';
import {
  type ClusterMembers,
  type ListedComponent,
  type ListedOption,
  listCapabilities,
  listChoices,
  listComponents,
  listProducts,
  listServices,
  type Workspace,
} from '@fluxwright/model';

/** What can be listed. */
export type Listing = 'components' | 'products' | 'services' | 'capabilities' | 'choices';

/** How a list is printed: a table for people, all that is known for programs. */
export type ListFormat = 'text' | 'json';

type Print = (workspace: Workspace, members: readonly ClusterMembers[]) => string;

/** The printers by list and format. Each ends with a newline; JSON has the list below its name. */
export const listings: Readonly<Record<Listing, Readonly<Record<ListFormat, Print>>>> = {
  components: {
    text: (workspace, members) =>
      plainTable([
        ['Component', 'Version', 'Comes from', 'Provides', 'Clusters'],
        ...listComponents(workspace, members).map((each) => [
          each.maturity === 'coming' ? `${each.name} (coming)` : each.name,
          each.version,
          origin(each),
          words(each.provides),
          clusters(each.clusters, members),
        ]),
      ]),
    json: json('components', listComponents),
  },
  products: {
    text: (workspace, members) =>
      plainTable([
        ['Product', 'Title', 'Clusters', 'Choices', 'Components'],
        ...listProducts(workspace, members).map((each) => [
          each.name,
          each.title,
          each.mandatory ? 'all (mandatory)' : clusters(each.clusters, members),
          words(each.choices),
          words(each.components),
        ]),
      ]),
    json: json('products', listProducts),
  },
  services: {
    text: (workspace, members) =>
      plainTable([
        ['Service', 'Title', 'Phase', 'Provided by', 'Requested by'],
        ...listServices(workspace, members).map(({ kind, title = '-', phase = '-', providedBy, requestedBy }) => [
          kind,
          title,
          phase,
          words(providedBy.map(stage)),
          words(
            requestedBy.map(({ component, name, optional }) => `${component}/${name}${optional ? ' (optional)' : ''}`),
          ),
        ]),
      ]),
    json: json('services', listServices),
  },
  capabilities: {
    text: (workspace) =>
      plainTable([
        ['Capability', 'Provided by', 'Required by'],
        ...listCapabilities(workspace).map(({ name, providedBy, requiredBy }) => [
          name,
          words(providedBy.map(stage)),
          words(requiredBy.map(stage)),
        ]),
      ]),
    json: json('capabilities', listCapabilities),
  },
  choices: {
    text: (workspace, members) =>
      plainTable([
        ['Choice', 'Option', 'Title', 'Requires', 'Clusters'],
        ...listChoices(workspace, members).flatMap((choice) =>
          choice.options.map((option) => [
            choice.name,
            `${option.name}${option.name === choice.default ? ' (default)' : ''}`,
            option.title ?? '-',
            requires(option),
            option.maturity === 'coming' ? 'none yet (coming)' : clusters(option.clusters, members),
          ]),
        ),
      ]),
    json: json('choices', listChoices),
  },
};

function json(name: Listing, list: (...of: Parameters<Print>) => unknown): Print {
  return (workspace, members) => `${JSON.stringify({ [name]: list(workspace, members) }, null, 2)}\n`;
}

function origin({ chart, source }: ListedComponent): string {
  if (chart !== undefined) return `chart ${chart.name} ${chart.version}`;
  // Of a commit, what git itself shows.
  const ref = source?.ref.replace(/^([0-9a-f]{7})[0-9a-f]{33}$/, '$1');
  return source === undefined ? 'its own templates' : `${source.git} ${ref}`;
}

function stage({ component, stage: name }: { readonly component: string; readonly stage: string }): string {
  return name === 'install' ? component : `${component}/${name}`;
}

function requires({ requires: { facts = [], peer, ...choices } = {} }: ListedOption): string {
  const others = Object.entries(choices).map(([key, options]) => `${key} ${(options as readonly string[]).join('|')}`);
  return words([...(peer === true ? ['a pair'] : []), ...others, ...facts]);
}

/** More clusters than these are counted. */
const mostNamed = 3;

function clusters(names: readonly string[], all: readonly ClusterMembers[]): string {
  if (names.length === 0) return '-';
  if (names.length === all.length && all.length > 1) return `all (${all.length})`;
  return names.length > mostNamed ? `${names.length} of ${all.length}` : names.join(', ');
}

function words(names: readonly string[]): string {
  return names.length === 0 ? '-' : names.join(', ');
}
