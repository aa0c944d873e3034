import { by } from '@fluxwright/documents';
import { type ChartsLock, chartKey, sourceKey } from '@fluxwright/model';
import { stringify } from 'yaml';

export const emptyLock: ChartsLock = { charts: [], sources: [] };

const comment = `# Which bytes each chart and source is. \`fluxwright charts update\` writes it, \`fluxwright charts pull\` fetches what it says.
`;

/** The text of a lock: the same lock gives the same bytes. */
export function formatLock({ charts, sources }: ChartsLock): string {
  const value = {
    apiVersion: 'fluxwright.dev/v1',
    kind: 'ChartsLock',
    charts: charts
      .map(({ repository, chart, version, digest, signedBy }) => {
        return { chart, version, repository, digest, ...(signedBy !== undefined && { signedBy }) };
      })
      .sort(by(chartKey)),
    sources: sources
      .map(({ git, ref, path, commit, digest }) => ({ git, ref, path, commit, digest }))
      .sort(by(sourceKey)),
  };
  return `${comment}${stringify(value, { lineWidth: 0 })}`;
}
