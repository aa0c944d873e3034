import { isOutside } from '@fluxwright/kubernetes';
import type { ResolvedComponent } from '@fluxwright/model';
import type { GivenThing } from '../data/bootstrap.ts';
import type { RenderedCluster } from '../data/rendered-cluster.ts';
import { namedObject } from '../needs/named-object.ts';

/** What a person hands to a cluster: what its components say is given, and the credentials of its repository. */
export function givenThings(
  { cluster }: RenderedCluster,
  ordered: readonly ResolvedComponent[],
): readonly GivenThing[] {
  const said = ordered.flatMap((resolved) =>
    (resolved.component.spec.given ?? []).flatMap((object, index) => {
      const path = ['spec', 'given', index];
      const { value: id } = namedObject(cluster, resolved, { object, path });
      if (id === undefined) return [];
      const { name, manifest } = resolved.component;
      return thing({ components: [name], ...id, keys: object.keys ?? [], span: manifest.locate(path) });
    }),
  );
  const secret = cluster.spec.git?.secretRef;
  if (secret === undefined) return once(said);
  const [span = { file: cluster.file }] = cluster.settings.originsOf(['git', 'secretRef']);
  // https://fluxcd.io/flux/components/source/gitrepositories/#secret-reference
  const keys = ['username', 'password'];
  const place = { kind: 'Secret', namespace: 'flux-system', name: secret };
  return [thing({ components: ['flux-system'], ...place, keys, span }), ...once(said)];
}

/** What several components read is handed over once. */
function once(all: readonly GivenThing[]): readonly GivenThing[] {
  return [...Map.groupBy(all, ({ kind, namespace = '', name }) => `${kind}/${namespace}/${name}`).values()].flatMap(
    ([first, ...others]) => {
      if (first === undefined) return [];
      const each = [first, ...others];
      const keys = [...new Set(each.flatMap((one) => one.keys))].sort();
      const components = each.flatMap((one) => one.components);
      return thing({ ...first, keys, components });
    },
  );
}

function thing(given: Omit<GivenThing, 'command'>): GivenThing {
  const command = commandFor(given);
  return { ...given, ...(command !== undefined && { command }) };
}

/** The values come from variables of the shell, so that none stands in a history or a process list of others. */
function commandFor({ kind, namespace, name, keys }: Omit<GivenThing, 'command'>): string | undefined {
  if (kind !== 'Secret' || isOutside(kind) || keys.length === 0) return undefined;
  const values = keys.map((key) => `--from-file=${key}=<(printf %s "$${variable(name, key)}")`);
  return `kubectl create secret generic ${name} --namespace ${namespace} ${values.join(' ')}`;
}

/** Name of the variable of a shell that holds a key of a Secret: HCLOUD_TOKEN. */
function variable(name: string, key: string): string {
  return `${name}_${key}`.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
}
