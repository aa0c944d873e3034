import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type BuildResult, createRenderer, RenderError } from '../src/index.ts';
import { fluxTrees, plainTrees, type TreeCase } from './awkward-trees.ts';
import { withTree } from './disk-tree.ts';
import { nativeTools, type Ran, withoutGo } from './native-tools.ts';

const tools = nativeTools();
const renderer = await createRenderer({ size: 1 });
afterAll(() => renderer.close());

function build(one: TreeCase): Promise<BuildResult | RenderError> {
  const { files, path = '.', fluxKustomization } = one;
  return renderer
    .build({ files, path, ...(fluxKustomization === undefined ? {} : { fluxKustomization }) })
    .catch((error: unknown) => {
      if (error instanceof RenderError) return error;
      throw error;
    });
}

/** kustomize's command sorts its output, Flux takes it as it comes: the objects are the same. */
function expectSameObjects(native: Ran, ours: BuildResult | RenderError): void {
  if (native.error === undefined && !(ours instanceof RenderError)) {
    expect(sorted(ours.objects.map((object) => object.yaml).join('---\n'))).toEqual(sorted(native.text));
  } else {
    const refused = { native: native.error !== undefined, ours: ours instanceof RenderError };
    expect(refused, `${native.error} / ${ours}`).toEqual({ native: true, ours: true });
  }
}

function sorted(text: string): string[] {
  return text
    .split('---\n')
    .map((one) => one.trim())
    .sort();
}

function expectSame(native: Ran, ours: BuildResult | RenderError, mount: string): void {
  if (native.error === undefined) {
    if (ours instanceof RenderError) throw ours;
    expect(ours.objects.map((object) => object.yaml).join('---\n')).toBe(native.text);
  } else {
    expect(ours, native.error).toBeInstanceOf(RenderError);
    expect(bare((ours as RenderError).fault.message)).toContain(lastWords(native.error, mount));
  }
}

/** The last clause of an error, without what differs between a disk and memory: mount points and the system's words. */
function lastWords(text: string, mount: string): string {
  const clauses = bare(text.replaceAll(`${mount}/`, '').replaceAll(mount, '.'))
    .trim()
    .split(': ');
  return clauses.at(-1) ?? '';
}

function bare(text: string): string {
  return text.replaceAll('no such file or directory', 'file does not exist').replaceAll(/'\S*source'|'\.'/g, "'.'");
}

describe.skipIf(tools === undefined)(
  `the engine against kustomize${tools === undefined ? ` (${withoutGo})` : ''}`,
  () => {
    it.each(plainTrees)('gives the same bytes or verdict as kustomize for $title', (one) =>
      withTree('source', one.files, async (mount) => {
        const native = await tools?.kustomize(
          'build',
          '--load-restrictor',
          'LoadRestrictionsNone',
          join(mount, one.path ?? '.'),
        );
        expectSameObjects(native as Ran, await build(one));
      }),
    );

    it.each([...plainTrees, ...fluxTrees])(
      "gives the same bytes or words as kustomize-controller's packages for $title",
      (one) =>
        withTree('source', one.files, async (mount) => {
          const native = await tools?.flux(mount, one.path ?? '.', JSON.stringify(one.fluxKustomization ?? {}));
          expectSame(native as Ran, await build(one), mount);
        }),
    );
  },
);
