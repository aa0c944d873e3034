import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from './kubectl.ts';
import { referenceCrds } from './reference-crds.ts';

/**
 * What operators make of their objects, as consumers find it: of a Cluster of CloudNativePG its owner's Secret and the Service of the
 * primary (https://cloudnative-pg.io/documentation/current/applications/), of an ExternalSecret and of a Certificate the Secret with
 * the keys that they name (https://external-secrets.io/latest/api/externalsecret/, https://cert-manager.io/docs/usage/certificate/).
 * Written down here a second time, apart from what components say of the kinds, so that the one is held against the other.
 */
export function productsOf({ kind, apiVersion, metadata, spec = {} }: KubernetesObject): readonly KubernetesObject[] {
  const make = makers[`${apiVersion.split('/')[0]} ${kind}`];
  return make === undefined ? [] : make(metadata.name, spec, metadata.labels?.['fluxwright.dev/component'] ?? '');
}

/** What operators say in the status of an object that is well, besides conditions. */
export function wellBeing({ kind, apiVersion, spec = {} }: KubernetesObject): Readonly<Record<string, unknown>> {
  return statuses[`${apiVersion.split('/')[0]} ${kind}`]?.(spec) ?? {};
}

const statuses: Readonly<Record<string, (spec: Spec) => Readonly<Record<string, unknown>>>> = {
  // https://velero.io/docs/v1.18/api-types/backupstoragelocation/
  'velero.io BackupStorageLocation': () => ({ phase: 'Available' }),
  'velero.io Schedule': () => ({ phase: 'Enabled' }),
  // opensearch-project/opensearch-k8s-operator:opensearch-operator/api/opensearch.org/v1/opensearch_types.go
  'opensearch.org OpenSearchCluster': () => ({
    componentsStatus: [],
    initialized: true,
    phase: 'RUNNING',
    health: 'green',
  }),
  ...Object.fromEntries(
    [
      'ActionGroup',
      'ComponentTemplate',
      'IndexTemplate',
      'ISMPolicy',
      'Role',
      'SnapshotPolicy',
      'Tenant',
      'User',
      'UserRoleBinding',
    ].map((kind) => [`opensearch.org Opensearch${kind}`, () => ({ state: 'CREATED' })]),
  ),
  'opensearch.org OpenSearchISMPolicy': () => ({ state: 'CREATED' }),
  // Altinity/clickhouse-operator:pkg/apis/clickhouse.altinity.com/v1/type_status.go
  'clickhouse.altinity.com ClickHouseInstallation': () => ({ status: 'Completed' }),
  'clickhouse-keeper.altinity.com ClickHouseKeeperInstallation': () => ({ status: 'Completed' }),
  // arkmq-org/activemq-artemis-operator:api/v1beta1/activemqartemis_types.go
  'broker.amq.io ActiveMQArtemis': () => ({ podStatus: {} }),
  // rabbitmq/messaging-topology-operator:api/v1beta1/user_types.go
  'rabbitmq.com User': () => ({ username: 'stand-in' }),
  // strimzi/strimzi-kafka-operator:api/src/main/java/io/strimzi/api/kafka/model/nodepool/KafkaNodePoolStatus.java
  'kafka.strimzi.io KafkaNodePool': () => ({ nodeIds: [0] }),
  // percona/percona-server-mongodb-operator:pkg/apis/psmdb/v1/psmdb_types.go
  'psmdb.percona.com PerconaServerMongoDB': () => ({ ready: 1, size: 1, state: 'ready' }),
  // planetscale/vitess-operator:pkg/apis/planetscale/v2/vitesscluster_types.go
  'planetscale.com VitessCluster': ({ keyspaces = [], cells = [] }) => ({
    keyspaces: namedParts(keyspaces, { readyShards: 1, desiredShards: 1 }),
    cells: namedParts(cells, { gatewayAvailable: 'True' }),
  }),
  // open-telemetry/opentelemetry-operator:internal/status/collector/collector.go
  'opentelemetry.io OpenTelemetryCollector': ({ replicas = 1 }) => ({
    scale: { replicas, statusReplicas: `${replicas}/${replicas}` },
  }),
};

/** A status by the names of the parts of a spec. */
function namedParts(parts: unknown, status: object): Readonly<Record<string, object>> {
  return Object.fromEntries((parts as readonly { readonly name: string }[]).map(({ name }) => [name, status]));
}

type Spec = Readonly<Record<string, unknown>>;

const makers: Readonly<Record<string, (name: string, spec: Spec, component: string) => readonly KubernetesObject[]>> = {
  'postgresql.cnpg.io Cluster': (name) => [
    secret(`${name}-app`, ['dbname', 'host', 'jdbc-uri', 'password', 'pgpass', 'port', 'uri', 'user', 'username']),
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: `${name}-rw` },
      spec: { ports: [{ name: 'postgres', port: 5432 }], selector: { 'cnpg.io/cluster': name } },
    },
  ],
  'external-secrets.io ExternalSecret': (name, spec) => {
    const { data = [], target = {} } = spec as unknown as ExternalSecretSpec;
    const read = data.map(({ secretKey }) => secretKey);
    const templated = Object.keys(target.template?.data ?? {});
    const merges = templated.length === 0 || target.template?.mergePolicy === 'Merge';
    return [secret(target.name ?? name, merges ? [...read, ...templated] : templated)];
  },
  // A package brings the definitions of what it manages (https://docs.crossplane.io/latest/packages/providers/).
  'pkg.crossplane.io Provider': (_name, _spec, component) =>
    referenceCrds([component]).flatMap((text) =>
      parseAllDocuments(text).map((each) => each.toJS() as KubernetesObject),
    ),
  'cert-manager.io Certificate': (_, { secretName }) => [secret(String(secretName), ['ca.crt', 'tls.crt', 'tls.key'])],
};

interface ExternalSecretSpec {
  readonly data?: readonly { readonly secretKey: string }[];
  readonly target?: {
    readonly name?: string;
    readonly template?: { readonly data?: Readonly<Record<string, string>>; readonly mergePolicy?: string };
  };
}

function secret(name: string, keys: readonly string[]): KubernetesObject & { readonly stringData: object } {
  const stringData = Object.fromEntries(keys.map((key) => [key, 'stand-in']));
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name }, stringData };
}
