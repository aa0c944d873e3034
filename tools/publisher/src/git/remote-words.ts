import { maskSecrets } from '@fluxwright/diagnostics';

/** What the server's hooks printed, without git's prefix; '' for nothing. */
export function remoteWords(stderr: string): string {
  const said = stderr
    .split('\n')
    .filter((line) => line.startsWith('remote: '))
    .map((line) => line.slice('remote: '.length).trim())
    .filter((line) => line !== '' && !/^(Total|Enumerating|Counting|Compressing|Resolving)\b/.test(line))
    .join(' ');
  return maskSecrets(said).slice(0, 500);
}
