import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Diagnostic, diagnostic } from '@fluxwright/diagnostics';
import { lockFile, type Workspace } from '@fluxwright/model';
import { defaultCharts, pulledCharts } from './chart-library.ts';

/**
 * Says that no chart is at hand where somebody counts on charts: a folder is named or there, or charts are locked. Then a
 * good result would be taken for more than it is. A workspace that never had charts hears nothing.
 */
export function noChartsAtHand({ root, components }: Workspace, asked: string | undefined): readonly Diagnostic[] {
  const folder = asked ?? defaultCharts;
  const isLocked = existsSync(join(root, lockFile));
  const isMeant =
    asked === undefined ? isLocked || existsSync(resolve(root, folder)) : asked !== defaultCharts || isLocked;
  const pinned = [...components.values()].filter(({ spec }) => spec.helm !== undefined);
  if (!isMeant || pinned.length === 0) return [];
  if ([folder, `${folder}/${pulledCharts}`].some((each) => hasCharts(resolve(root, each)))) return [];
  return [
    diagnostic('charts/none-at-hand', {
      message: `no chart is at hand in ${folder}/: releases are not looked into`,
      note: `no <name>-<version>.tgz, and ${pinned.length === 1 ? 'one component has a chart' : `${pinned.length} components have charts`}`,
      help: isLocked
        ? 'run `fluxwright charts pull`'
        : 'run `fluxwright charts update` and `fluxwright charts pull`, or remove the folder',
    }),
  ];
}

function hasCharts(folder: string): boolean {
  try {
    return readdirSync(folder).some((name) => name.endsWith('.tgz'));
  } catch {
    return false;
  }
}
