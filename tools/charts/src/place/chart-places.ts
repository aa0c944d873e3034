import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { folderDigest } from '@fluxwright/documents';
import { chartFile, sourceFolder } from '@fluxwright/model';
import { placeFile } from '../disk/place-file.ts';
import { mostOfAChart } from '../fetch/fetched-chart.ts';
import type { ChartPin, SourcePin } from '../lock/chart-pins.ts';
import { sha256 } from '../lock/sha256.ts';

/** Where charts are, from the root: vendored ones in the repository, pulled ones beside them and out of its sight. */
export const chartFolders = { vendored: 'charts', pulled: 'charts/pulled' } as const;
export type Place = keyof typeof chartFolders;

/** What is at a place, where something is. */
export interface AtHand {
  readonly place: Place;
  /** From the root. */
  readonly file: string;
  readonly digest: string;
}

/** The packaged chart that a compile would take: the vendored one first. */
export function chartAtHand(root: string, chart: Pick<ChartPin, 'chart' | 'version'>): AtHand | undefined {
  return first((folder) => {
    const file = `${folder}/${chartFile(chart)}`;
    const stats = statSync(join(root, file), { throwIfNoEntry: false });
    if (stats?.isFile() !== true) return undefined;
    // No chart is that large; reading it would say no more.
    if (stats.size > mostOfAChart) return { file, digest: `a file of ${stats.size} bytes` };
    return { file, digest: sha256(readFileSync(join(root, file))) };
  });
}

/** The manifests of a source that are at hand. */
export function sourceAtHand(root: string, source: Pick<SourcePin, 'git' | 'ref'>): AtHand | undefined {
  return first((folder) => {
    const file = `${folder}/${sourceFolder(source)}`;
    const digest = folderDigest(join(root, file));
    return digest === undefined ? undefined : { file, digest };
  });
}

function first(look: (folder: string) => Omit<AtHand, 'place'> | undefined): AtHand | undefined {
  for (const place of ['vendored', 'pulled'] as const) {
    const found = look(chartFolders[place]);
    if (found !== undefined) return { place, ...found };
  }
  return undefined;
}

/** Keeps git from seeing what is pulled, in a workspace whose own .gitignore does not. */
export function hidePulled(root: string): void {
  const file = join(root, chartFolders.pulled, '.gitignore');
  if (!existsSync(file)) placeFile(file, '*\n');
}
