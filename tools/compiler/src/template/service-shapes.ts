import { memo, memoText } from '@fluxwright/documents';
import { type Component, neededServices, providedServices, type ServiceRequest, secretKeys } from '@fluxwright/model';
import { contextShapes, type RootShape } from './context-shapes.ts';
import { pairShape } from './pair-root.ts';
import { anyShape, leafShape, mapShape, type Shape, schemaShape } from './shape.ts';
import type { Roots } from './template-context.ts';

/** What the templates of a component see: with the services that it asks for, and the requests of others where it takes them as a list. */
export function componentShapes(component: Component): Roots<RootShape> {
  const asked = component.spec.requires?.services ?? [];
  const lists = (component.spec.provides?.services ?? []).filter(({ list }) => list === true);
  return {
    ...contextShapes(component),
    ...(component.spec.pair && { pair: pairShape(component.spec.pair) }),
    ...(asked.length === 0 ? {} : { service: serviceRoot(component, asked) }),
    ...(lists.length === 0
      ? {}
      : {
          requests: {
            shape: mapShape(Object.fromEntries(lists.map(({ kind }) => [kind, listOf(askedShape(component, kind))]))),
            declaredBy: 'it holds what spec.provides.services says with list: true',
            setBy: 'let a component of the cluster ask for one',
          },
        }),
  };
}

/** What the template of a kind of service sees, once a request. */
export function serviceShapes(component: Component, kind: string): Roots<RootShape> {
  return shapesByKind(component)(kind);
}

const shapesByKind = memo((component: Component) => memoText((kind) => makeServiceShapes(component, kind)));

function makeServiceShapes(component: Component, kind: string): Roots<RootShape> {
  const own = providedServices(component.spec).filter(({ said }) => said.kind === kind);
  const inner = own.flatMap(neededServices).map(({ request }) => request);
  const [pair] = own.flatMap(({ said }) => said.pair ?? []);
  return {
    ...contextShapes(component),
    request: {
      shape: requestShape(component, kind),
      declaredBy: `the contract of a ${kind} says what can be asked`,
      setBy: 'let its contract give it a default',
    },
    ...(pair && { pair: pairShape(pair) }),
    consumer: { shape: consumerShape, declaredBy: 'a consumer has no such key', setBy: 'set it in its component.yaml' },
    ...(inner.length === 0 ? {} : { service: serviceRoot(component, inner) }),
  };
}

/** What a text of a request sees besides: its own item of the list that `forEach` names. */
export function itemRoot(component: Component, forEach: string): RootShape {
  return {
    shape: itemShape(component, forEach),
    declaredBy: `the schema of ${forEach} declares what each has`,
    setBy: `set it in each of ${forEach}`,
  };
}

/** As the component's schema declares each of the list; free-form where it does not. */
function itemShape(component: Component, forEach: string): Shape {
  const [root, ...path] = forEach.split('.');
  const list = path.reduce<Shape | undefined>(
    (shape, step) => shape?.child(step),
    contextShapes(component)[root as 'values'].shape,
  );
  return list?.child(0) ?? anyShape;
}

function serviceRoot(component: Component, asked: readonly ServiceRequest[]): RootShape {
  const shapes = asked.flatMap(({ kind, name = kind, forEach }): [string, Shape][] => {
    const contract = component.contracts.get(kind);
    if (contract === undefined) return [];
    const one = schemaShape(contract.outputs.value);
    return [
      [
        name,
        forEach === undefined ? one : listOf(withKeys(one, { name: leafShape, item: itemShape(component, forEach) })),
      ],
    ];
  });
  return {
    shape: mapShape(Object.fromEntries(shapes)),
    declaredBy: 'the contract of its kind says what a consumer is told',
    setBy: 'let the cluster have a component that provides it',
  };
}

function requestShape({ contracts }: Component, kind: string): Shape {
  const contract = contracts.get(kind);
  const asked = contract === undefined ? anyShape : schemaShape(contract.request.value);
  return mapShape({
    name: leafShape,
    object: leafShape,
    with: asked,
    secret:
      contract === undefined
        ? anyShape
        : mapShape(Object.fromEntries(secretKeys(contract).map((key) => [key, leafShape]))),
    of: mapShape({ object: leafShape, with: asked, consumer: consumerShape }),
    protect: leafShape,
  });
}

/** Of a list, each says whose request it is, and where it can be copied its part in a pair. */
function askedShape(component: Component, kind: string): Shape {
  const [pair] = (component.spec.provides?.services ?? []).flatMap((said) =>
    said.kind === kind && said.pair !== undefined ? [pairShape(said.pair).shape] : [],
  );
  return withKeys(requestShape(component, kind), { consumer: consumerShape, ...(pair && { pair }) });
}

const consumerShape = mapShape({
  name: leafShape,
  namespace: leafShape,
  title: leafShape,
  privatePaths: listOf(mapShape({ service: leafShape, paths: listOf(leafShape) })),
});

function listOf(each: Shape): Shape {
  return {
    child: (key) => (key === 'length' ? leafShape : /^\d+$/.test(String(key)) ? each : undefined),
    keys: () => [],
  };
}

function withKeys(shape: Shape, more: Readonly<Record<string, Shape>>): Shape {
  return {
    child: (key) => (Object.hasOwn(more, key) ? more[key] : shape.child(key)),
    keys: () => [...new Set([...shape.keys(), ...Object.keys(more)])].sort(),
  };
}
