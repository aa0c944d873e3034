import type { Finding } from './sort.ts';
import { listWords } from './suggest.ts';

/** What is said of the clusters that a finding came up in; nothing where it names the only one itself. */
export function clusterLines({ clusters, alike }: Pick<Finding, 'clusters' | 'alike'>): readonly string[] {
  return [
    ...(clusters.length > 1 ? [`in clusters ${someOf(clusters)}`] : []),
    ...(alike.length > 0 ? [`alike in ${alike.length === 1 ? 'cluster' : 'clusters'} ${someOf(alike)}`] : []),
  ];
}

function someOf(names: readonly string[]): string {
  return names.length <= 5 ? listWords(names, 'and') : `${names.slice(0, 4).join(', ')} and ${names.length - 4} more`;
}
