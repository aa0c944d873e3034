export { addMinutes } from './amount/add-minutes.ts';
export { goDuration } from './amount/go-duration.ts';
export { bytesText, coresText, type Nano, one, parseQuantity, roundedText } from './amount/quantity.ts';
export { builtInData } from './kind/built-in-data.ts';
export { initialNamespaces } from './kind/initial-namespaces.ts';
export { definitionGroup, definitionNames, isClusterScoped, pluralOf } from './kind/known-kinds.ts';
export { knownScope, type ScopeOf } from './kind/scope-of.ts';
export { labelKeyFault, labelValueFault, notString } from './name/label-rule.ts';
export { dnsLabel, type NameRule, nameRuleOf } from './name/name-rule.ts';
export { canonicalOrder } from './object/canonical-order.ts';
export { selectsLabels } from './object/label-selector.ts';
export { groupOf, idOf, type ObjectId, objectKey } from './object/object-id.ts';
export { objectTitle } from './object/object-title.ts';
export { pathIn } from './object/path-in.ts';
export {
  failsClosed,
  isAdmissionPolicy,
  isEnforcing,
  isInNamespace,
  isMatched,
  type PolicyRefusal,
  type PolicySubject,
  policyRefusals,
} from './policy/admission-policy.ts';
export { kubernetesRelations, podNeeds, unlessOptional } from './relation/kubernetes-relations.ts';
export {
  isOutside,
  type KindRelations,
  type MadeThing,
  type NamedThing,
  type NeededThing,
  storesOf,
  thingsOf,
} from './relation/relation.ts';
export { type CelFault, celFaults } from './server/cel-faults.ts';
export { type ItemFault, itemFaults } from './server/item-keys.ts';
export { keysOf, schemaAt } from './server/schema-at.ts';
export { schemaPlaces } from './server/schema-places.ts';
export { type ServerFault, serverFaults } from './server/server-rules.ts';
export { declaredChanges } from './update/declared-changes.ts';
export { immutableChanges } from './update/immutable-fields.ts';
export { type UpdateRules, updateRules } from './update/update-rules.ts';
