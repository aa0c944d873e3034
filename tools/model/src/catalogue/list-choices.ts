import type { Facts, Option } from '../generated/product.ts';
import type { Workspace } from '../load/workspace.ts';
import { choiceDefaults } from '../resolve/cluster-settings.ts';
import { chosen, type Declaration, declaredChoices } from '../resolve/declared-choices.ts';
import type { ClusterMembers } from './cluster-members.ts';

/** An option of a choice, and who chose it. What several products say of it is put together; the first to say a thing counts. */
export interface ListedOption {
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  readonly maturity: 'available' | 'coming';
  readonly regions?: readonly string[];
  readonly facts?: Facts;
  readonly requires?: Option['requires'];
  /** Components that have values for it, sorted. */
  readonly answeredBy: readonly string[];
  readonly clusters: readonly string[];
}

/** A choice that clusters have. */
export interface ListedChoice {
  readonly name: string;
  readonly description?: string;
  readonly optional: boolean;
  /** The option that holds where a cluster says nothing. */
  readonly default?: string;
  readonly products: readonly string[];
  /** As the products list them. */
  readonly options: readonly ListedOption[];
}

/** Every choice that a product declares, by key. */
export function listChoices(workspace: Workspace, members: readonly ClusterMembers[]): readonly ListedChoice[] {
  return [...declaredChoices(workspace.products.values())].map(([name, declarations]) => {
    const description = declarations.map(({ choice }) => choice.description).find((each) => each !== undefined);
    const byDefault = choiceDefaults[name];
    const options = [...new Set(declarations.flatMap(({ choice }) => Object.keys(choice.options)))];
    return {
      name,
      ...(description !== undefined && { description }),
      optional: declarations.every(({ choice }) => choice.optional === true),
      ...(byDefault !== undefined && { default: byDefault }),
      products: declarations.map(({ product }) => product.name),
      options: options.map((option) => listOption(workspace, members, { name, option, declarations })),
    };
  });
}

interface NamedOption {
  readonly name: string;
  readonly option: string;
  readonly declarations: readonly Declaration[];
}

function listOption(
  { components }: Workspace,
  members: readonly ClusterMembers[],
  { name, option, declarations }: NamedOption,
): ListedOption {
  const said = declarations.flatMap(({ choice }) => choice.options[option] ?? []);
  const { values: _, maturity: __, ...all } = Object.assign({}, ...said.toReversed()) as Option;
  const answering = [...components.values()].filter(({ answers }) =>
    answers.some((answer) => answer.choice === name && answer.option === option),
  );
  const byProducts = said.flatMap(({ values }) => Object.keys(values ?? {}));
  return {
    name: option,
    ...all,
    maturity: said.some(({ maturity }) => maturity === 'coming') ? 'coming' : 'available',
    answeredBy: [...new Set([...answering.map((each) => each.name), ...byProducts])].sort(),
    clusters: members.filter(({ settings }) => chosen(settings.value, name) === option).map((each) => each.name),
  };
}
