import { diagnostic } from '@fluxwright/diagnostics';
import { type ReadLog, readText } from '@fluxwright/documents';
import { type Manifest, type ManifestKind, readManifest } from './manifest.ts';

export interface ManifestPlace {
  readonly kind: 'component' | 'product' | 'cluster';
  /** From the root. */
  readonly folder: string;
  /** What metadata.name must be: the folder's name. Absent for a package from npm, which has its own name. */
  readonly expectedName: string | undefined;
}

/** Reads `<folder>/<kind>.yaml`, which must be there and bear the name of its folder. */
export function loadManifest(log: ReadLog, { kind, folder, expectedName }: ManifestPlace): Manifest | undefined {
  const file = `${folder}/${kind}.yaml`;
  const text = readText(log, file, folder, () =>
    diagnostic('load/missing-manifest', {
      message: `${folder} has no ${kind}.yaml`,
      primary: { file },
      note: 'there is no such file',
      help: `write it, or remove the folder; \`npx nx g @fluxwright/nx-plugin:${kind} NAME\` makes one that works`,
    }),
  );
  if (text === undefined) return undefined;
  const manifest = parseManifest(log, kind, file, text);
  if (manifest === undefined || expectedName === undefined || manifest.name === expectedName) return manifest;
  log.diagnostics.push(
    diagnostic('load/name-mismatch', {
      message: `${kind} "${manifest.name}" lies in a folder of another name`,
      primary: manifest.document.locate(['metadata', 'name']),
      note: `the folder is ${folder}`,
      help: `name it "${expectedName}", or move it to ${folder.slice(0, -expectedName.length)}${manifest.name}`,
    }),
  );
  return undefined;
}

/** Parses and checks a manifest's text. */
export function parseManifest(log: ReadLog, kind: ManifestKind, file: string, text: string): Manifest | undefined {
  const { value, diagnostics } = readManifest(kind, file, text);
  log.diagnostics.push(...diagnostics);
  return value;
}
