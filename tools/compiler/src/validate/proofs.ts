import type { Proof } from './check.ts';
import { invalidObject } from './invalid-object.ts';
import { unknownKind } from './unknown-kind.ts';

/** Every rule that an engine decides, one a file. */
export const proofs: readonly Proof[] = [invalidObject, unknownKind];
