import type { Definition } from '@fluxwright/kubernetes-schemas';
import { type Component, type LockedSource, providedDefinitions } from '@fluxwright/model';
import type { Engines } from '../engines/engines.ts';
import { type OtherBytes, otherBytes } from '../engines/other-bytes.ts';
import type { SourceFolder } from '../engines/source-folder.ts';
import { type SourceDefinition, sourceDefinitions } from './source-definitions.ts';

/** A folder in git that a component takes definitions from, where it is at hand. */
export interface DefinitionsFolder {
  readonly git: string;
  readonly ref: LockedSource['ref'];
  readonly path: string;
  readonly license?: string;
  readonly folder: SourceFolder;
  /** Where its bytes are not those of the lock. */
  readonly other?: OtherBytes;
  /** Of its source all, of another place those that the component says it provides. */
  readonly definitions: readonly SourceDefinition[];
}

/** The folders with definitions of a component that are at hand. */
export function definitionFolders(
  component: Component,
  { charts }: Pick<Engines, 'charts'>,
): readonly DefinitionsFolder[] {
  const { source, definitions = [] } = component.spec;
  const provided = new Set(providedDefinitions(component).map(({ name }) => name));
  const { manifest } = component;
  const all = [
    ...(source === undefined
      ? []
      : [{ place: source, isSource: true, span: manifest.locate(['spec', 'source', 'ref']) }]),
    ...definitions.map((place, index) => ({
      place,
      isSource: false,
      span: manifest.locate(['spec', 'definitions', index, 'ref']),
    })),
  ];
  return all.flatMap(({ place, isSource, span }): DefinitionsFolder[] => {
    const { git, path } = place;
    const ref = place.ref as LockedSource['ref'];
    const folder = charts.source({ git, ref });
    if (folder === undefined) return [];
    const meant = charts.lockedSource({ git, ref, path });
    const other =
      meant === undefined
        ? undefined
        : otherBytes(charts, { file: `${folder.folder}/`, digest: folder.digest() }, { meant, span });
    const found = other?.isRefused === true ? [] : [...sourceDefinitions(folder, path).values()];
    return [
      {
        git,
        ref,
        path,
        ...('license' in place && place.license !== undefined ? { license: place.license } : {}),
        folder,
        ...(other === undefined ? {} : { other }),
        definitions: isSource ? found : found.filter(({ name }) => provided.has(name)),
      },
    ];
  });
}

/** The definitions in those folders that some kinds are asked of, `group/Kind`: as they are applied. */
export function wantedDefinitions(
  component: Component,
  engines: Pick<Engines, 'charts'>,
  kinds: ReadonlySet<string>,
): readonly Definition[] {
  return definitionFolders(component, engines).flatMap(({ folder, definitions }) =>
    definitions.flatMap(({ name, file, mayDefine, object }) => {
      const group = name.slice(name.indexOf('.') + 1);
      const isWanted = [...kinds].some((each) => {
        const [of, kind = ''] = each.split('/');
        return of === group && mayDefine(kind);
      });
      const read = isWanted ? object() : undefined;
      return read === undefined ? [] : [{ object: read, from: `${folder.folder}/${file}` }];
    }),
  );
}
