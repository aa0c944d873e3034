import type { Span } from '@fluxwright/diagnostics';
import type { JsonObject, JsonPath } from '@fluxwright/documents';
import type { ResolvedCluster } from '@fluxwright/model';
import { isNode, LineCounter, parseAllDocuments } from 'yaml';
import type { RenderedCluster, Resource } from '../src/data/rendered-cluster.ts';

/**
 * A rendered cluster whose objects are the documents of a YAML text, as if a template `sample.yaml.hbs` had written them:
 * positions are real, no value comes from a layer unless `layers` names its path.
 */
export function sampleCluster(text: string, layers: Readonly<Record<string, readonly Span[]>> = {}): RenderedCluster {
  const lines = new LineCounter();
  const resources = parseAllDocuments(text, { lineCounter: lines }).map((document): Resource => {
    const object = document.toJS() as JsonObject & { metadata: { name: string; namespace?: string } };
    const { apiVersion, kind, metadata } = object as unknown as {
      apiVersion: string;
      kind: string;
      metadata: { name: string; namespace?: string };
    };
    const spanAt = (path: JsonPath): Span => {
      const node = path.length === 0 ? document.contents : document.getIn(path, true);
      const start = lines.linePos(isNode(node) ? (node.range?.[0] ?? 0) : (document.range[0] ?? 0));
      return { file: 'components/sample/install/sample.yaml.hbs', start: { line: start.line, column: start.col } };
    };
    return {
      apiVersion,
      kind,
      name: metadata.name,
      ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }),
      object,
      path: `components/sample/install/${kind.toLowerCase()}-${metadata.name}.yaml`,
      origin: {
        stage: { component: 'sample', stage: 'install' },
        span: spanAt([]),
        trace: (path) => ({ span: spanAt(path), layers: layers[path.join('.')] ?? [], reads: [] }),
      },
    };
  });
  const byPath = resources.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  return {
    cluster,
    resources: byPath,
    released: [],
    recorded: [],
    replaced: [],
    charted: [],
    asking: [],
    charts: [],
    copies: [],
    stages: [{ component: 'sample', stage: 'install' }],
    edges: [],
  };
}

const settings = { value: {}, templateValue: {}, originsOf: () => [] };

const cluster: ResolvedCluster = {
  name: 'one',
  file: 'clusters/one/cluster.yaml',
  spec: {
    kubernetes: { distribution: 'k3s', version: '1.36' },
    git: { url: 'https://git.example.com/fleet.git', branch: 'main', path: 'clusters/one' },
  } as ResolvedCluster['spec'],
  settings,
  documents: new Map(),
  components: [],
  standbys: [],
  services: [],
  edges: [],
  facts: new Map(),
  prices: [],
  capabilities: new Map(),
};
