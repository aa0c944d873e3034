import { type Tree, updateJson } from '@nx/devkit';

const copy = "fs.copyFileSync('../services.defs.json', 'services.catalogue.defs.json')";

interface PackageJson {
  readonly scripts?: Readonly<Record<string, string>>;
  readonly nx?: object;
}

/** Lets the package of a component bring the contracts of services that it names, as it brings shared definitions. */
export function packContracts(tree: Tree, component: string): void {
  const file = `components/${component}/package.json`;
  if (!tree.exists(file)) return;
  updateJson<PackageJson>(tree, file, (json) => {
    const { prepack } = json.scripts ?? {};
    if (prepack?.includes(copy)) return json;
    const said = prepack?.endsWith('"') ? `${prepack.slice(0, -1)}; ${copy}"` : `node -e "${copy}"`;
    return { ...json, scripts: { ...json.scripts, prepack: said }, nx: { ...json.nx, includedScripts: [] } };
  });
}
