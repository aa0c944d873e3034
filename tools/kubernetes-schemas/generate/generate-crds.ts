import type { CustomResourceDefinition } from '../src/convert-crd.ts';
import { goTool } from './go-tool.ts';
import { parseCrds } from './read-crds.ts';

/** The CustomResourceDefinitions that controller-gen makes of a Go module's API packages, each given as `./v1`. */
export function generateCrds(moduleFolder: string, packages: readonly string[]): CustomResourceDefinition[] {
  const paths = packages.map((path) => `paths=${path}`);
  return parseCrds(goTool('controller-gen', ['crd:allowDangerousTypes=true', ...paths, 'output:stdout'], moduleFolder));
}

/** The CustomResourceDefinitions that `kustomize build` makes of folders, for operators that patch what they generated. */
export function buildCrds(moduleFolder: string, folders: readonly string[]): CustomResourceDefinition[] {
  return folders.flatMap((folder) => parseCrds(goTool('kustomize', ['build', folder], moduleFolder)));
}
