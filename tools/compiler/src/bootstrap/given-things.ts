import type { ResolvedCluster, ResolvedComponent } from '@fluxwright/model';
import type { GivenThing } from '../data/bootstrap.ts';
import type { RenderedCluster } from '../data/rendered-cluster.ts';
import { namedObject } from '../needs/named-object.ts';

/** What a person hands to a cluster: what its components say is given, and the credentials of its repository. */
export function givenThings(
  { cluster }: RenderedCluster,
  ordered: readonly ResolvedComponent[],
): readonly GivenThing[] {
  const said = ordered.flatMap((resolved) =>
    (resolved.component.spec.given ?? []).flatMap((object, index): Named[] => {
      const path = ['spec', 'given', index];
      const { value: id } = namedObject(cluster, resolved, { object, path });
      if (id === undefined) return [];
      const { name, manifest } = resolved.component;
      return [{ components: [name], ...id, keys: object.keys ?? [], span: manifest.locate(path) }];
    }),
  );
  return [...credentialsOf(cluster), ...once(said)].map(withCommand);
}

type Named = Omit<GivenThing, 'command'>;

/** https://fluxcd.io/flux/components/source/gitrepositories/#secret-reference */
function credentialsOf({ spec, settings, file }: ResolvedCluster): readonly Named[] {
  const name = spec.git?.secretRef;
  if (name === undefined) return [];
  const [span = { file }] = settings.originsOf(['git', 'secretRef']);
  const [namespace, keys] = ['flux-system', ['username', 'password']] as const;
  return [{ components: [namespace], kind: 'Secret', namespace, name, keys, span }];
}

/** What several components read is handed over once. */
function once(all: readonly Named[]): readonly Named[] {
  return [...Map.groupBy(all, ({ kind, namespace = '', name }) => `${kind}/${namespace}/${name}`).values()].flatMap(
    ([first, ...others]) => {
      if (first === undefined) return [];
      const each = [first, ...others];
      const keys = [...new Set(each.flatMap((one) => one.keys))].sort();
      return [{ ...first, keys, components: each.flatMap((one) => one.components) }];
    },
  );
}

/** The values come from variables of the shell, so that none stands in a history or a process list of others. */
function withCommand(given: Named): GivenThing {
  const { kind, namespace, name, keys } = given;
  if (kind !== 'Secret' || keys.length === 0) return given;
  const values = keys.map((key) => `--from-file=${key}=<(printf %s "$${variable(name, key)}")`);
  return {
    ...given,
    command: `kubectl create secret generic ${name} --namespace ${namespace} ${values.join(' ')}`,
  };
}

/** Name of the variable of a shell that holds a key of a Secret: HCLOUD_TOKEN. */
function variable(name: string, key: string): string {
  return `${name}_${key}`.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
}
