import { canonicalText, type JsonObject, placesAt, valueAt } from '@fluxwright/documents';
import { parseQuantity } from '../amount/quantity.ts';
import { pathIn } from '../object/path-in.ts';
import { type TransitionFault, transitionFaults } from '../server/cel-faults.ts';
import type { ImmutableChange } from './immutable-fields.ts';
import type { UpdateRules } from './update-rules.ts';

/**
 * What an update of a custom object changes though its operator or its definition refuses it: `provides.kinds[].updates` of the component that
 * brings the kind, and the CEL rules of its definition that compare with what was there.
 */
export function declaredChanges(
  group: string,
  kind: string,
  { before, after }: { readonly before: JsonObject; readonly after: JsonObject },
  { declared, schemaOf }: UpdateRules,
): readonly ImmutableChange[] {
  const updates = declared.get(`${group}/${kind}`) ?? {};
  const compared = (paths: readonly string[] = []) =>
    paths.flatMap((path) =>
      placesAt(before, path).map((place) => {
        const now = pathIn(after, before, place.path);
        return { at: place.path, before: place.value, after: now && valueAt(after, now) };
      }),
    );
  const root = before.apiVersion === after.apiVersion ? schemaOf(String(after.apiVersion), kind) : undefined;
  return [
    ...compared(updates.neverChanges).filter((each) => canonicalText(each.before) !== canonicalText(each.after)),
    ...compared(updates.neverRemoved).filter((each) => each.after === undefined || each.after === null),
    ...compared(updates.neverShrinks).filter((each) => isLess(each.after, each.before)),
    ...(root === undefined ? [] : transitionFaults(before, after, root).map((each) => transition(before, after, each))),
  ];
}

function transition(before: JsonObject, after: JsonObject, { was, at, message }: TransitionFault): ImmutableChange {
  return {
    at: was,
    before: valueAt(before, was),
    after: valueAt(after, at),
    ...(message !== undefined && { why: message }),
  };
}

function isLess(now: ImmutableChange['after'], old: ImmutableChange['before']): boolean {
  const [amount, was] = [parseQuantity(now), parseQuantity(old)];
  return amount !== undefined && was !== undefined && amount < was;
}
