import type { RootShape } from './context-shapes.ts';
import { anyShape, leafShape, mapShape, type Shape } from './shape.ts';

const listOf = (item: Shape): Shape => ({
  child: (key) => (key === 'length' ? leafShape : /^\d+$/.test(String(key)) ? item : undefined),
  keys: () => [],
});

const peer = mapShape({
  own: leafShape,
  namespace: leafShape,
  labels: anyShape,
  entity: leafShape,
  cidr: leafShape,
  host: leafShape,
  names: leafShape,
  ports: listOf(mapShape({ port: leafShape, end: leafShape, protocol: leafShape })),
  http: listOf(mapShape({ port: leafShape, requests: listOf(mapShape({ method: leafShape, path: leafShape })) })),
});

/**
 * What the template of a network policy sees as `network`: the namespace that it closes, by its component; `enforced` false where it denies
 * nothing; `rules`, each for the pods with its `labels` (all of the namespace where they are empty): who calls them, `ingress`, and whom they
 * call, `egress`. A peer is `own` (the pods of the namespace), pods of a `namespace` with `labels`, an `entity`, a `cidr` or a `host`; without
 * `ports` and `http` it is any port. `http` are ports of TCP at which only these requests are let through. `names` marks the name server, and at `network` that some rule has a host.
 */
export const networkRoot: RootShape = {
  shape: mapShape({
    name: leafShape,
    title: leafShape,
    namespace: leafShape,
    enforced: leafShape,
    names: leafShape,
    rules: listOf(mapShape({ labels: anyShape, ingress: listOf(peer), egress: listOf(peer) })),
  }),
  declaredBy: 'a network policy is told of its namespace, rules and peers alone',
  setBy: 'it is not known for this one: ask for it with #if',
};
