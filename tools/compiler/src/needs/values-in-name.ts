import { valueAt } from '@fluxwright/documents';
import type { ResolvedComponent } from '@fluxwright/model';

/** A name of component.yaml with `{{values.<path>}}` replaced by the cluster's value; undefined where that is not set. */
export function valuesInName(name: string, { values }: ResolvedComponent): string | undefined {
  let complete = true;
  const text = name.replace(/\{\{ *values\.([\w.-]+) *\}\}/g, (_, path: string) => {
    const value = valueAt(values.value, path.split('.'));
    if (value === undefined || value === null || typeof value === 'object') complete = false;
    return String(value);
  });
  return complete ? text : undefined;
}
