import { isObject } from '@fluxwright/documents';
import { specOf } from './lint-context.ts';
import type { LintObject } from './lint-object.ts';

/** The source of a FluxKustomization as `Kind namespace/name`, its own namespace where it says none; '' where it names none. */
export function sourceOf(kustomization: LintObject): string {
  const { sourceRef } = specOf(kustomization);
  if (!isObject(sourceRef)) return '';
  return `${String(sourceRef.kind)} ${String(sourceRef.namespace ?? kustomization.namespace)}/${String(sourceRef.name)}`;
}
