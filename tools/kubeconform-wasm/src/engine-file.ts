import { packageCode } from '@fluxwright/wasm-host';

const file = '../wasm/kubeconform.wasm.zst';

/** URL of this package's code, also where a bundler has taken this line elsewhere. Throws an Error where it is not to be found. */
export function engineCode(): string {
  return packageCode('kubeconform-wasm', file, import.meta.url);
}

/** The committed build of the engine. Throws as engineCode does. */
export function engineFile(): URL {
  return new URL(file, engineCode());
}
