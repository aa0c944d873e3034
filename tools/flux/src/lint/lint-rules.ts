import type { LintRule } from './lint-rule.ts';
import { autoscaledReplicas } from './rules/autoscaled-replicas.ts';
import { chartSource } from './rules/chart-source.ts';
import { definitionOrder } from './rules/definition-order.ts';
import { dependencyCycle } from './rules/dependency-cycle.ts';
import { dependencyKind } from './rules/dependency-kind.ts';
import { duplicateObject } from './rules/duplicate-object.ts';
import { failedBuild } from './rules/failed-build.ts';
import { forcedState } from './rules/forced-state.ts';
import { helmInflation } from './rules/helm-inflation.ts';
import { idleExpression } from './rules/idle-expression.ts';
import { idleSubstitution } from './rules/idle-substitution.ts';
import { ignoreEverything } from './rules/ignore-everything.ts';
import { ignoredForce } from './rules/ignored-force.ts';
import { ignoredHealthChecks } from './rules/ignored-health-checks.ts';
import { layerSelector } from './rules/layer-selector.ts';
import { missingDependency } from './rules/missing-dependency.ts';
import { missingPath } from './rules/missing-path.ts';
import { missingRetryInterval } from './rules/missing-retry-interval.ts';
import { missingTimeout } from './rules/missing-timeout.ts';
import { mistypedExpression } from './rules/mistyped-expression.ts';
import { mistypedField } from './rules/mistyped-field.ts';
import { namespaceOwnedTwice } from './rules/namespace-owned-twice.ts';
import { noKustomizationFile } from './rules/no-kustomization-file.ts';
import { noReadiness } from './rules/no-readiness.ts';
import { noRetries } from './rules/no-retries.ts';
import { overriddenValues } from './rules/overridden-values.ts';
import { prunableData } from './rules/prunable-data.ts';
import { readyExpressionAlone } from './rules/ready-expression-alone.ts';
import { releaseName } from './rules/release-name.ts';
import { remoteBase } from './rules/remote-base.ts';
import { removedApi } from './rules/removed-api.ts';
import { sharedRelease } from './rules/shared-release.ts';
import { staleDefinitions } from './rules/stale-definitions.ts';
import { substitutedSecret } from './rules/substituted-secret.ts';
import { substitutedText } from './rules/substituted-text.ts';
import { suspendedDependency } from './rules/suspended-dependency.ts';
import { targetNamespace } from './rules/target-namespace.ts';
import { undefinedVariable } from './rules/undefined-variable.ts';
import { unknownField } from './rules/unknown-field.ts';
import { unreadyDependency } from './rules/unready-dependency.ts';
import { unseenExpression } from './rules/unseen-expression.ts';
import { unwatchedValues } from './rules/unwatched-values.ts';
import { variableName } from './rules/variable-name.ts';

/** Every rule, one a file. */
export const lintRules: readonly LintRule[] = [
  autoscaledReplicas,
  chartSource,
  definitionOrder,
  dependencyCycle,
  dependencyKind,
  duplicateObject,
  failedBuild,
  forcedState,
  helmInflation,
  idleExpression,
  idleSubstitution,
  ignoreEverything,
  ignoredForce,
  ignoredHealthChecks,
  layerSelector,
  missingDependency,
  missingPath,
  missingRetryInterval,
  missingTimeout,
  mistypedExpression,
  mistypedField,
  namespaceOwnedTwice,
  noKustomizationFile,
  noReadiness,
  noRetries,
  overriddenValues,
  prunableData,
  readyExpressionAlone,
  releaseName,
  remoteBase,
  removedApi,
  sharedRelease,
  staleDefinitions,
  substitutedSecret,
  substitutedText,
  suspendedDependency,
  targetNamespace,
  undefinedVariable,
  unknownField,
  unreadyDependency,
  unseenExpression,
  unwatchedValues,
  variableName,
];
