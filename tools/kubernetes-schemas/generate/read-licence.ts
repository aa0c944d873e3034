import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Source } from './source.ts';

/** The licence of a package: its SPDX identifier, and the text that must travel with copies: its NOTICE if it has one, of MIT the licence itself. */
export interface Licence {
  readonly id: string;
  readonly notice: string | null;
}

/**
 * The licence that sources.json states, or else LICENSE and NOTICE at the root of the unpacked package, of a jar in META-INF.
 * A licence that is not known here is an error: its text decides whether schemas made from it may be shipped.
 */
export function readLicence(source: Source, root?: string): Licence {
  if (source.license !== undefined) return { id: source.license, notice: null };
  if (root === undefined) throw new Error(`${source.module}: sources.json must state the licence`);
  const folder = source.registry === 'maven' ? join(root, 'META-INF') : root;
  const name = readdirSync(folder).find((file) => /^licen[cs]e(\.(txt|md))?$/i.test(file));
  if (name === undefined) throw new Error(`${folder}: no licence file`);
  const text = readFileSync(join(folder, name), 'utf8');
  const id = licenceId(text, folder);
  if (id === 'MIT') return { id, notice: text.trim() };
  const notice = ['NOTICE', 'NOTICE.txt'].map((file) => join(folder, file)).find((file) => existsSync(file));
  return { id, notice: notice === undefined ? null : readFileSync(notice, 'utf8').trim() };
}

function licenceId(text: string, folder: string): string {
  if (/Apache License\s+Version 2\.0/.test(text) || /Licensed under the Apache License, Version 2\.0/.test(text))
    return 'Apache-2.0';
  if (/Permission is hereby granted, free of charge/.test(text)) return 'MIT';
  if (/Mozilla Public License,? Version 2\.0/i.test(text)) return 'MPL-2.0';
  throw new Error(`${folder}: not a licence whose derived files may be shipped here`);
}
