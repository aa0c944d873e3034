import { join } from 'node:path';
import type { GraphEdge } from '@fluxwright/model';
import { workspaceDataDirectory } from '@nx/devkit/internal';
import { readRecord, writeRecord } from './record-file.ts';

/** What is known of components and products, for a digest of all their files. */
export interface CatalogueRecord {
  readonly key: string;
  /** Folders that cannot be read, sorted. */
  readonly broken: readonly string[];
  /** component → folder, from the root; below node_modules for one that npm installed. */
  readonly folders: Readonly<Record<string, string>>;
  readonly edges: readonly GraphEdge[];
}

/** The edges of one cluster, for a digest of all that can change them. */
export interface ClusterRecord {
  readonly key: string;
  readonly edges: readonly GraphEdge[];
}

/** What is kept between runs of Nx. */
export interface EdgeRecords {
  readonly catalogue: CatalogueRecord;
  readonly clusters: Readonly<Record<string, ClusterRecord>>;
}

const file = join(workspaceDataDirectory, 'fluxwright-edges.json');

/** The records of the last run; undefined where there are none, or none that can be read. */
export function readEdgeRecords(): EdgeRecords | undefined {
  return readRecord(file);
}

/** Keeps the records for the next run. */
export function writeEdgeRecords(records: EdgeRecords): void {
  writeRecord(file, records);
}
