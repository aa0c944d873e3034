import { packTar } from '@fluxwright/diagnostics/cases';

/** A chart as `helm package` makes it: a gzipped tar of the files, below a folder named `name`. */
export function packChart(name: string, files: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  return packTar(Object.fromEntries(Object.entries(files).map(([path, content]) => [`${name}/${path}`, content])));
}
