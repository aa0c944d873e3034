import type { Tree } from '@nx/devkit';
import type { ProjectKind } from '../graph/project-name.ts';

const maximum: Record<ProjectKind, number> = { component: 53, product: 63, cluster: 63 };

/**
 * Throws where a folder of that name exists, or the name is none that the manifests allow: a DNS label (RFC 1123), and
 * for a component at most the 53 characters of a Helm release name.
 */
export function checkNewName(tree: Tree, kind: ProjectKind, name: string): void {
  if (!/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name) || name.length > maximum[kind]) {
    throw new Error(
      `"${name}" is no name for a ${kind}: lower-case letters, digits and dashes, at most ${maximum[kind]} characters.`,
    );
  }
  if (tree.exists(`${kind}s/${name}`)) throw new Error(`${kind}s/${name} exists already.`);
}
