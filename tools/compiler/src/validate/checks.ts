import { blockedEviction } from './blocked-eviction.ts';
import { capacityBudget } from './capacity-budget.ts';
import type { Check } from './check.ts';
import { duplicateObject } from './duplicate-object.ts';
import { exposedPath } from './exposed-path.ts';
import { invalidLabel } from './invalid-label.ts';
import { invalidName } from './invalid-name.ts';
import { missingNamespace } from './missing-namespace.ts';
import { missingPath } from './missing-path.ts';
import { missingReference } from './missing-reference.ts';
import { idleException } from './policy/idle-exception.ts';
import { policyLockout } from './policy/policy-lockout.ts';
import { policyRefusal } from './policy/policy-refusal.ts';
import { secretData } from './secret-data.ts';
import { steeredTwice } from './steered-twice.ts';
import { uncarriedProtocol } from './uncarried-protocol.ts';
import { unlikeFootprint } from './unlike-footprint.ts';

/** Every rule that a cluster's objects must keep, one a file. */
export const checks: readonly Check[] = [
  duplicateObject,
  invalidName,
  invalidLabel,
  missingNamespace,
  missingReference,
  missingPath,
  secretData,
  exposedPath,
  uncarriedProtocol,
  capacityBudget,
  unlikeFootprint,
  blockedEviction,
  policyRefusal,
  idleException,
  policyLockout,
  steeredTwice,
];
