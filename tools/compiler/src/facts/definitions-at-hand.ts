import { definitionGroup } from '@fluxwright/kubernetes';
import type { Definition } from '@fluxwright/kubernetes-schemas';
import { type Component, type DefinitionPlace, definitionPlaces, providedDefinitions } from '@fluxwright/model';
import type { Engines } from '../engines/engines.ts';
import { type OtherBytes, otherBytes } from '../engines/other-bytes.ts';
import type { SourceFolder } from '../engines/source-folder.ts';
import { type SourceDefinition, sourceDefinitions } from './source-definitions.ts';

/** A folder in git that a component takes definitions from, where it is at hand. */
export interface DefinitionsFolder extends Omit<DefinitionPlace, 'isSource' | 'span'> {
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
  const provided = new Set(providedDefinitions(component).map(({ name }) => name));
  return definitionPlaces(component).flatMap(({ isSource, span, ...place }): DefinitionsFolder[] => {
    const folder = charts.source(place);
    if (folder === undefined) return [];
    const meant = charts.lockedSource(place);
    const other =
      meant === undefined
        ? undefined
        : otherBytes(charts, { file: `${folder.folder}/`, digest: folder.digest() }, { meant, span });
    const found = other?.isRefused === true ? [] : [...sourceDefinitions(folder, place.path).values()];
    return [
      {
        ...place,
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
      const group = definitionGroup(name);
      const isWanted = [...kinds].some((each) => {
        const [of, kind = ''] = each.split('/');
        return of === group && mayDefine(kind);
      });
      const read = isWanted ? object() : undefined;
      return read === undefined ? [] : [{ object: read, from: `${folder.folder}/${file}` }];
    }),
  );
}
