import { quoting } from '@fluxwright/documents';
import { choiceDefaults, specChoices } from '@fluxwright/model';
import type { Tree } from '@nx/devkit';
import { isMap, parseDocument, stringify } from 'yaml';
import type { ClusterIdentity } from './cluster-identity.ts';

/** A cluster that answers each choice of the mandatory products that has no default with its first option that is available. */
export function minimalCluster(tree: Tree, identity: ClusterIdentity): string {
  const chosen = [...firstOptions(tree)].filter(([key]) => !(key in choiceDefaults));
  const own = chosen.filter(([key]) => specChoices.includes(key));
  const others = chosen.filter(([key]) => !specChoices.includes(key));
  const manifest = {
    apiVersion: 'fluxwright.dev/v1',
    kind: 'Cluster',
    metadata: { name: identity.name },
    spec: {
      ...Object.fromEntries(own),
      ...(others.length === 0 ? {} : { choices: Object.fromEntries(others) }),
      kubernetes: { distribution: 'k3s', version: '1.36' },
      flux: { version: '2.9' },
      domain: identity.domain,
      git: { url: 'https://gitea.example.com/platform/fleet.git', branch: 'main' },
    },
  };
  return `# yaml-language-server: $schema=../../tools/model/schemas/cluster.schema.json\n${stringify(manifest, { compat: quoting })}`;
}

function* firstOptions(tree: Tree): Generator<readonly [string, string]> {
  for (const product of [...tree.children('products')].sort()) {
    const manifest = parseDocument(tree.read(`products/${product}/product.yaml`, 'utf8') ?? '');
    const choices = manifest.getIn(['spec', 'choices']);
    if (manifest.getIn(['spec', 'mandatory']) !== true || !isMap(choices)) continue;
    for (const { key } of choices.items) {
      const options = manifest.getIn(['spec', 'choices', String(key), 'options']);
      if (!isMap(options)) continue;
      const option = options.items.find((each) => !isMap(each.value) || each.value.get('maturity') !== 'coming');
      if (option !== undefined) yield [String(key), String(option.key)];
    }
  }
}
