import { beforeAll, describe, expect, test } from 'vitest';
import { readBrief, writeBrief } from '../src/brief-text.ts';
import type { CustomResourceDefinition } from '../src/convert-crd.ts';
import { definedSchemas } from '../src/defined-schemas.ts';
import { isSchema, type Json, type JsonSchema } from '../src/json-schema.ts';
import { kindKey } from '../src/kind-key.ts';
import { loadSchemas, type SchemaLookup } from '../src/load-schemas.ts';
import { definitionObject, type RecordedDefinitions, recordDefinitions } from '../src/recorded-definitions.ts';
import { haveSameTypes } from '../src/same-types.ts';
import { hasReference, readCatalogue, readChartCrds } from './reference.ts';

const base = loadSchemas({ kubernetesVersion: '1.36' });

/** Schemas of what is left of definitions when they were recorded, written, and read again. */
function recorded(crds: readonly CustomResourceDefinition[]) {
  const made = recordDefinitions(crds as unknown as JsonSchema[]);
  const { definitions, shapes } = readBrief(writeBrief(made as unknown as Json)) as unknown as RecordedDefinitions;
  return definedSchemas(
    definitions.map((each) => ({ object: definitionObject(each, shapes), from: '' })),
    base,
  );
}

describe.skipIf(!hasReference)('of the definitions of the reference charts', () => {
  // Reading them takes longer than all else.
  let crds: readonly CustomResourceDefinition[] = [];
  let kept: SchemaLookup;
  beforeAll(() => {
    crds = readChartCrds();
    kept = recorded(crds);
  }, 300_000);

  test('names and types are kept, all of them', () => {
    const whole = definedSchemas(
      crds.map((object) => ({ object: object as unknown as JsonSchema, from: '' })),
      base,
    );
    const lost = whole.listKinds().filter(({ apiVersion, kind }) => {
      const [before, after] = [whole.schema(apiVersion, kind), kept.schema(apiVersion, kind)];
      return before === undefined || after === undefined || !haveSameTypes(before, after);
    });
    expect(lost.map(({ apiVersion, kind }) => kindKey(apiVersion, kind))).toEqual([]);
    expect(whole.listKinds().length).toBeGreaterThan(300);
  }, 300_000);

  test('the keys of a spec are those of another catalogue of schemas', () => {
    const catalogue = readCatalogue();
    const compared = kept.listKinds().flatMap(({ apiVersion, kind }) => {
      const [own, other] = [kept.schema(apiVersion, kind), catalogue.get(kindKey(apiVersion, kind.toLowerCase()))];
      const isKnown = base.describe(apiVersion, kind) !== undefined;
      return own === undefined || other === undefined || isKnown ? [] : [{ apiVersion, kind, own, other }];
    });
    const different = compared.flatMap(({ apiVersion, kind, own, other }) => {
      const [mine, theirs] = [specKeys(own), specKeys(other)];
      return mine.join() === theirs.join() ? [] : [kindKey(apiVersion, kind)];
    });
    expect(compared.length).toBeGreaterThan(20);
    expect(different).toEqual([]);
  }, 300_000);
});

function specKeys({ properties }: JsonSchema): readonly string[] {
  const spec = isSchema(properties) ? properties.spec : undefined;
  return isSchema(spec) && isSchema(spec.properties) ? Object.keys(spec.properties).sort() : [];
}
