import { editedYaml, isObject, valueAt } from '@fluxwright/documents';
import type { Tree } from '@nx/devkit';
import { packContracts } from '../pack-contracts.ts';
import { leastOf, readContracts } from '../read-contracts.ts';

/**
 * Lets a component ask for services: `postgresql,images=bucket` is a postgresql, and a bucket that it calls images. What a contract
 * requires is filled in with the component's name. Throws where there is no such kind, or a name is no name.
 */
export function askForServices(tree: Tree, component: string, services: string): void {
  const wanted = services.split(',').flatMap((each) => {
    const [name = '', kind = name] = each.trim().split('=');
    return name === '' ? [] : [{ name, kind }];
  });
  if (wanted.length === 0) return;
  const contracts = readContracts(tree);
  const requests = wanted.map(({ name, kind }) => {
    const contract = contracts[kind];
    if (contract === undefined)
      throw new Error(
        `There is no kind of service "${kind}"; there are ${Object.keys(contracts).join(', ') || 'none'}.`,
      );
    if (!/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name))
      throw new Error(`"${name}" is no name for a service: lower-case letters, digits and dashes.`);
    const asked = leastOf(contract.request, { text: component, key: kind });
    const isAsked = isObject(asked) && Object.keys(asked).length > 0;
    return { kind, ...(name === kind ? {} : { name }), ...(isAsked ? { with: asked } : {}) };
  });
  const file = `components/${component}/component.yaml`;
  const told = wanted.map(({ name, kind }) => {
    const outputs = valueAt(contracts[kind] ?? null, ['outputs', 'properties']);
    return ` service.${name}: ${Object.keys(isObject(outputs) ? outputs : {}).join(', ')}`;
  });
  const edited = editedYaml(tree.read(file, 'utf8') ?? '', (manifest) => {
    const list = manifest.createNode(requests);
    list.commentBefore = [' Templates see', ...told].join('\n');
    manifest.setIn(['spec', 'requires', 'services'], list);
  });
  if (edited === undefined) throw new Error(`${file} is not valid YAML; mend it first.`);
  tree.write(file, edited);
  packContracts(tree, component);
}
