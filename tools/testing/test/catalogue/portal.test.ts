import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  DefaultNamespaceEntityPolicy,
  domainEntityV1alpha1Validator,
  type Entity,
  EntityPolicies,
  FieldFormatEntityPolicy,
  groupEntityV1alpha1Validator,
  NoForeignRootFieldsEntityPolicy,
  parseEntityRef,
  resourceEntityV1alpha1Validator,
  SchemaValidEntityPolicy,
  stringifyEntityRef,
  systemEntityV1alpha1Validator,
} from '@backstage/catalog-model';
import { loadWorkspace, resolveCluster } from '@fluxwright/model';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments, parseDocument } from 'yaml';

// What a portal would say of the catalogue of each sample cluster: Backstage's own package holds every entity against its kind.

const root = path.resolve(import.meta.dirname, '../../../..');
const files = globSync('generated/*/components/*/install/configmap-*-catalogue.yaml', { cwd: root }).sort();
const validators: Record<string, { check(entity: Entity): Promise<boolean> }> = {
  API: apiEntityV1alpha1Validator,
  Component: componentEntityV1alpha1Validator,
  Domain: domainEntityV1alpha1Validator,
  Group: groupEntityV1alpha1Validator,
  Resource: resourceEntityV1alpha1Validator,
  System: systemEntityV1alpha1Validator,
};
/** What its catalogue does with an entity before it takes it. */
const policy = EntityPolicies.allOf([
  new SchemaValidEntityPolicy(),
  new DefaultNamespaceEntityPolicy(),
  new NoForeignRootFieldsEntityPolicy(),
  new FieldFormatEntityPolicy(),
]);

function entitiesOf(file: string): Entity[] {
  const { data } = parseDocument(readFileSync(path.join(root, file), 'utf8')).toJS() as {
    data: Record<string, string>;
  };
  return Object.values(data).flatMap((text) => parseAllDocuments(text).map((each) => each.toJS() as Entity));
}

test('the sample clusters have a catalogue', () => {
  expect(files.length).toBeGreaterThan(0);
});

describe.each(files)('%s', (file) => {
  const entities = entitiesOf(file);

  test('every entity is one of its kind', async () => {
    for (const entity of entities) {
      await expect(policy.enforce(structuredClone(entity)), entity.metadata.name).resolves.toBeDefined();
      expect(await validators[entity.kind]?.check(entity), `${entity.kind} ${entity.metadata.name}`).toBe(true);
    }
  });

  test('a slip would be found', async () => {
    const [first] = entities.filter(({ kind }) => kind === 'Component');
    const without = { ...first, spec: { ...first?.spec, owner: undefined } } as unknown as Entity;
    await expect(componentEntityV1alpha1Validator.check(without)).rejects.toThrow(/owner/);
  });

  test('whatever is named is there, once', () => {
    const names = entities.map((entity) => stringifyEntityRef(entity));
    expect(names).toEqual([...new Set(names)]);
    const known = new Set(names);
    const missing = entities.flatMap(({ kind, metadata, spec = {} }) =>
      [
        ...refs(spec.owner, 'group'),
        ...refs(spec.system, 'system'),
        ...refs(spec.domain, 'domain'),
        ...refs(spec.dependsOn, 'component'),
        ...refs(spec.dependencyOf, 'component'),
        ...refs(spec.providesApis, 'api'),
      ]
        .filter((ref) => !known.has(ref))
        .map((ref) => `${kind} ${metadata.name}: ${ref}`),
    );
    expect(missing).toEqual([]);
  });

  test('it has the components of the workspace that the cluster has', () => {
    const cluster = file.split('/')[1] ?? '';
    const { value } = resolveCluster(loadWorkspace(root).value, cluster);
    const shown = entities.filter(({ kind }) => kind === 'Component').map(({ metadata }) => metadata.name);
    expect(shown).toEqual(value?.components.map(({ component }) => component.name).sort());
  });
});

function refs(value: unknown, defaultKind: string): string[] {
  const all = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return all.map((ref) =>
    stringifyEntityRef(parseEntityRef(String(ref), { defaultKind, defaultNamespace: 'default' })),
  );
}
