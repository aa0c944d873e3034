import { type Diagnostic, diagnostic } from '@fluxwright/diagnostics';

/** What the files of a component's folder are for, by their paths from that folder, each list sorted. */
export interface ComponentFiles {
  readonly install: readonly string[];
  readonly configure: readonly string[];
  /** pair/: what crosses to the other cluster of a pair. */
  readonly pair: readonly string[];
  readonly services: readonly string[];
  /** Templates of network policies. */
  readonly network: readonly string[];
  readonly bootstrap: readonly string[];
  readonly kustomize: readonly string[];
  readonly helmValues: readonly string[];
  /** values.<choice>.<option>.yaml. */
  readonly answers: readonly string[];
  /** Nothing reads these. */
  readonly unused: readonly string[];
}

const templates = /^(install|configure|pair)\/[^/]+\.yaml(\.hbs)?$/;
const serviceTemplates = /^services\/([^/.]+)(\.pair|\.trust)?\.yaml\.hbs$/;
const networkTemplates = /^network\/[^/]+\.yaml\.hbs$/;
/** The capability of who makes the network policies of a cluster (docs/decisions/0082). */
export const networkPolicies = 'network-policies';
/** Read by load itself, by people, or by other tools. */
const known =
  /^(component\.yaml|package\.json|project\.json|values\.schema\.json|services\.(catalogue\.)?defs\.json|values\.yaml|values\.d\.ts|(chart|crds)\.facts\.yaml|[^/]+\.md|(LICENSE|NOTICE)(\.\w+)?|helm\/(chart-check\.yaml|keyring\.asc)|(tests|docs|service)\/.+)$/;

/** The choice and option that a file is called after; undefined where it is none of `values.<choice>.<option>.yaml`. */
export function answerTo(file: string): { readonly choice: string; readonly option: string } | undefined {
  const [, choice, option] = /^values\.([^./]+)\.([^/]+)\.yaml$/.exec(file) ?? [];
  return choice === undefined || option === undefined ? undefined : { choice, option };
}

/** What of a component's manifest decides which files are of use. */
export interface FileUse {
  readonly hasChart: boolean;
  /** Kinds of services that it provides. */
  readonly provides: readonly string[];
  /** It makes the network policies of a cluster. */
  readonly hasPolicies: boolean;
  /** Kinds of services that it can copy to the other cluster of a pair. */
  readonly pairs: readonly string[];
  /** True where it has to do with itself there. */
  readonly isPaired: boolean;
}

/** Sorts the files of a component by their use: templates of Helm values need a chart, those of services and network policies that it provides them. */
export function sortComponentFiles(files: readonly string[], { hasChart, ...provided }: FileUse): ComponentFiles {
  const use = (file: string): keyof ComponentFiles | 'known' => {
    if (known.test(file)) return 'known';
    if (file.startsWith('kustomize/')) return 'kustomize';
    if (file.startsWith('bootstrap/')) return 'bootstrap';
    if (hasChart && file === 'helm/values.yaml.hbs') return 'helmValues';
    if (answerTo(file) !== undefined) return 'answers';
    return useOfTemplate(file, provided);
  };
  const of = (wanted: keyof ComponentFiles) => files.filter((file) => use(file) === wanted);
  return {
    install: of('install'),
    configure: of('configure'),
    pair: of('pair'),
    services: of('services'),
    network: of('network'),
    bootstrap: of('bootstrap'),
    kustomize: of('kustomize'),
    helmValues: of('helmValues'),
    answers: of('answers'),
    unused: of('unused'),
  };
}

function useOfTemplate(
  file: string,
  { provides, hasPolicies, pairs, isPaired }: Omit<FileUse, 'hasChart'>,
): 'services' | 'network' | 'install' | 'configure' | 'pair' | 'unused' {
  const [, kind, paired] = serviceTemplates.exec(file) ?? [];
  if (kind !== undefined) return (paired === undefined ? provides : pairs).includes(kind) ? 'services' : 'unused';
  if (hasPolicies && networkTemplates.test(file)) return 'network';
  const stage = templates.exec(file)?.[1];
  if (stage === 'pair') return isPaired ? stage : 'unused';
  return stage === 'install' || stage === 'configure' ? stage : 'unused';
}

/** A file that nothing reads is a slip of the author: most often a wrong ending or folder. */
export function unusedFile(folder: string, file: string, use: FileUse): Diagnostic {
  return diagnostic('load/unused-file', {
    message: `nothing reads ${folder}/${file}`,
    primary: { file: `${folder}/${file}` },
    note: 'not a file that a component has',
    help: helpFor(file, use),
  });
}

function helpFor(file: string, { hasChart, provides }: FileUse): string {
  if (/^pair\//.test(file) || /\.(pair|trust)\.yaml\.hbs$/.test(file))
    return 'say how it is paired: spec.pair for pair/, pair of the kind in spec.provides.services for services/<kind>.pair.yaml.hbs and .trust.yaml.hbs';
  if (/^(install|configure)\/.+\//.test(file)) return 'templates lie directly in install/ and configure/';
  if (/^(install|configure)\//.test(file))
    return `name it ${file.replace(/(\.ya?ml)?(\.hbs)?$/, '.yaml.hbs')}, or .yaml without templating`;
  if (file.startsWith('services/'))
    return provides.length === 0
      ? 'component.yaml says no kind of service that it makes (spec.provides.services)'
      : `one file makes each kind that it provides: ${provides.map((kind) => `services/${kind}.yaml.hbs`).join(', ')}`;
  if (file.startsWith('network/'))
    return `network/<name>.yaml.hbs is for a component with the capability ${networkPolicies}`;
  if (file.startsWith('helm/'))
    return hasChart ? 'chart values come from helm/values.yaml.hbs' : 'component.yaml names no chart (spec.helm)';
  if (/^values\.[^/]+\.ya?ml$/.test(file))
    return 'what a component answers to a choice is called values.<choice>.<option>.yaml';
  return 'templates lie in install/ and configure/, a plain base in kustomize/; notes belong in docs/';
}
