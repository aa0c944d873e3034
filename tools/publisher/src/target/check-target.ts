import { type Diagnostic, diagnostic } from '@fluxwright/diagnostics';
import { overlappingTargets, type PlacedTarget } from '@fluxwright/model';
import type { PublishTarget } from './publish-target.ts';

/**
 * Refuses what git could take for an option, a command or a way out of the folder, before git sees any of it: other
 * transports (`ext::`, `file:`), URLs with credentials, leading dashes, `..`, `.git` and what file systems confuse with it.
 */
export function checkTarget(cluster: string, target: PublishTarget, failover?: string): readonly Diagnostic[] {
  const isSame = failover === target.branch;
  const checks = [
    { field: 'url', value: target.url, wrong: wrongUrl(target.url) },
    { field: 'branch', value: target.branch, wrong: wrongBranch(target.branch) },
    { field: 'path', value: target.path, wrong: wrongPath(target.path) },
    ...(failover === undefined
      ? []
      : [
          {
            field: 'failover',
            value: failover,
            wrong: isSame ? 'is the branch that Flux follows' : wrongBranch(failover),
          },
        ]),
  ];
  return checks.flatMap(({ field, value, wrong }) =>
    wrong === undefined
      ? []
      : [
          diagnostic('publish/invalid-target', {
            message: `git.${field} of cluster ${cluster} is refused: ${JSON.stringify(value)} ${wrong}`,
            primary: { file: `clusters/${cluster}/cluster.yaml` },
            help: helps[field] ?? '',
            cluster,
          }),
        ],
  );
}

/**
 * Refuses folders that meet those of other clusters of the workspace, by cluster: each publish would remove what the other
 * wrote.
 */
export function checkOverlaps(all: readonly PlacedTarget[]): ReadonlyMap<string, readonly Diagnostic[]> {
  const places = new Map(all.map((each) => [each.cluster, each]));
  const found = overlappingTargets(all).flatMap(({ cluster, other, how }) => [
    { cluster, other, where: how === 'same' ? 'is' : 'lies in' },
    { cluster: other, other: cluster, where: how === 'same' ? 'is' : 'is around' },
  ]);
  const findings = found.flatMap(({ cluster, other, where }) => {
    const [own, theirs] = [places.get(cluster), places.get(other)];
    if (own === undefined || theirs === undefined) return [];
    return diagnostic('publish/invalid-target', {
      message: `git.path of cluster ${cluster} is refused: ${own.path} ${where} the folder of cluster ${other}, in one branch`,
      primary: own.span,
      labels: theirs.span === own.span ? [] : [{ span: theirs.span, message: `the folder of ${other}` }],
      help: 'give each cluster a folder outside of the others, as the default clusters/<name> is',
      cluster,
    });
  });
  return Map.groupBy(findings, ({ cluster }) => cluster ?? '');
}

const helps: Readonly<Record<string, string>> = {
  url: 'use https://host/owner/repository.git or ssh://git@host/owner/repository.git; credentials come from the environment or git',
  failover: 'use a plain name that is no other branch, such as failover',
  branch: 'use a plain name such as main or clusters/fsn1',
  path: 'use names of letters, digits, ".", "_" and "-" that begin with a letter or digit, with "/" between them: clusters/fsn1',
};

/** What is wrong with a URL; undefined where nothing is. */
export function wrongUrl(text: string): string | undefined {
  if (hasControl(text) || /\s/.test(text)) return 'has white space or control characters';
  if (text.startsWith('-')) return 'starts with a dash';
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme !== 'http' && scheme !== 'https' && scheme !== 'ssh') return 'is no http, https or ssh URL';
  if (!URL.canParse(text)) return 'is no URL';
  return wrongAuthority(new URL(text)) ?? wrongRest(text);
}

function wrongAuthority({ protocol, username, password, hostname }: URL): string | undefined {
  if (password !== '' || (protocol !== 'ssh:' && username !== '')) return 'carries credentials';
  if (!/^[A-Za-z0-9[][A-Za-z0-9.:\]_-]*$/.test(hostname)) return 'has a host that is no name';
  return /[^A-Za-z0-9._-]/.test(username) || username.startsWith('-') ? 'has a user that is no name' : undefined;
}

function wrongRest(text: string): string | undefined {
  const { search, hash } = new URL(text);
  if (search !== '' || hash !== '') return 'has a query or a fragment';
  const segments = rawPath(text).split('/');
  if (segments.some((each) => /^(\.|%2e){2}$/i.test(each))) return 'climbs with ".."';
  return segments.some((each) => each.startsWith('-')) ? 'has a part that starts with a dash' : undefined;
}

/** The path as it is written: `new URL` has taken `..` out already. */
function rawPath(text: string): string {
  return text.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '');
}

/** What is wrong with the name of a branch: the rules of git-check-ref-format(1), and no leading dash. */
export function wrongBranch(branch: string): string | undefined {
  if (branch === '' || branch === '@' || branch === 'HEAD') return 'is no name of a branch';
  if (branch.startsWith('-')) return 'starts with a dash';
  if (branch.startsWith('refs/')) return 'is a full ref; the branch alone is meant';
  if (hasControl(branch) || /[ ~^:?*[\\]/.test(branch)) return 'has a character that git does not allow';
  if (branch.includes('..') || branch.includes('@{')) return 'has ".." or "@{"';
  const parts = branch.split('/');
  if (parts.some((part) => part === '' || part.startsWith('.') || part.endsWith('.lock') || part.startsWith('-')))
    return 'has an empty part, or one that starts with "." or "-" or ends in ".lock"';
  return branch.endsWith('.') ? 'ends with a dot' : undefined;
}

/** What is wrong with the path of a folder in a repository. */
export function wrongPath(path: string): string | undefined {
  if (path === '') return 'is the whole repository; a folder is needed';
  if (path.startsWith('-')) return 'starts with a dash';
  return path
    .split('/')
    .map(wrongSegment)
    .find((wrong) => wrong !== undefined);
}

/** What is wrong with one name in a path. Git refuses most of these, too, but only on some systems. */
export function wrongSegment(name: string): string | undefined {
  if (name === '' || name === '.' || name === '..') return 'has an empty part, "." or ".."';
  if (hasControl(name) || name.includes('\\')) return 'has a backslash or a control character';
  // HFS+ ignores these characters, NTFS trailing dots and spaces; both write `.git` as something else, too.
  const folded = name
    .replace(/[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g, '')
    .replace(/[. ]+$/, '')
    .replace(/:.*$/, '')
    .toLowerCase();
  return folded === '.git' || folded === 'git~1' ? 'names the folder .git' : undefined;
}

function hasControl(text: string): boolean {
  return /\p{Cc}/u.test(text);
}
