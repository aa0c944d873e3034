import { isObject, type JsonValue, mapsIn } from '@fluxwright/documents';

/**
 * Whether a LabelSelector selects what has these labels: an empty one selects everything, an absent one nothing
 * (https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#resources-that-support-set-based-requirements).
 */
export function selectsLabels(selector: JsonValue | undefined, labels: Readonly<Record<string, unknown>>): boolean {
  if (!isObject(selector)) return false;
  const equal = Object.entries(isObject(selector.matchLabels) ? selector.matchLabels : {});
  return (
    equal.every(([key, value]) => labels[key] === value) &&
    mapsIn(selector.matchExpressions).every(({ key, operator, values }) => {
      const label = Object.hasOwn(labels, String(key)) ? labels[String(key)] : undefined;
      const isListed = Array.isArray(values) && label !== undefined && values.includes(label as JsonValue);
      if (operator === 'In') return isListed;
      if (operator === 'NotIn') return !isListed;
      return operator === 'Exists' ? label !== undefined : label === undefined;
    })
  );
}
