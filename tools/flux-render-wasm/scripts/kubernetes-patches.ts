import type { ModulePatch } from '@fluxwright/wasm-host/build';

/**
 * A program that imports Kubernetes' meta types registers the options of API calls when it starts. The engine makes no API
 * calls: with this patch it does not register them.
 */
export const noCallOptions: ModulePatch = {
  module: 'k8s.io/apimachinery',
  edits: [
    {
      file: 'pkg/apis/meta/v1/register.go',
      from: 'func init() {\n\tscheme.AddUnversionedTypes(SchemeGroupVersion, optionsTypes...)\n',
      to: 'func registerCallOptions() {\n\tscheme.AddUnversionedTypes(SchemeGroupVersion, optionsTypes...)\n',
    },
  ],
};
