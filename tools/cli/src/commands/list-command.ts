import { clusterMembers, loadWorkspace } from '@fluxwright/model';
import { type ListFormat, type Listing, listings } from '../list/listings.ts';
import { printResult } from '../print/print-result.ts';
import { printFindings } from './print-findings.ts';

interface ListOptions {
  readonly root: string;
  readonly what: Listing;
  readonly format: ListFormat;
}

/** Prints a list of what could be read. What could not is said on stderr, and so is what clusters name that does not exist. */
export async function listCommand({ root, what, format }: ListOptions): Promise<number> {
  const { value: workspace, diagnostics } = loadWorkspace(root);
  const { members, diagnostics: wrong } = clusterMembers(workspace);
  printResult(listings[what][format](workspace, members));
  return printFindings({ diagnostics: [...diagnostics, ...wrong], sources: workspace.sources }, 'text');
}
