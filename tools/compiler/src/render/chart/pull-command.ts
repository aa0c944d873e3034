import type { Component } from '@fluxwright/model';

/** The command that fetches the chart of a component into a folder. */
export function pullCommand({ spec }: Component, folder: string): string {
  const { chart = '', version = '', repository = '' } = spec.helm ?? {};
  const from = repository.startsWith('oci://')
    ? `${repository.replace(/\/+$/, '')}/${chart}`
    : `${chart} --repo ${repository}`;
  return `helm pull ${from} --version ${version} --destination ${folder}`;
}
