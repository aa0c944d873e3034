import type { JsonObject } from '@fluxwright/documents';
import { mutantsAt, type Property, placesOf } from './manifest-mutants.ts';
import type { Observed, ObservedPart } from './observe-workspace.ts';

/** What a property was found to do: the first part that changes with it; or that nothing does, or why nothing was tried. */
export type Effect = ObservedPart | 'nothing' | 'not set' | 'no other value';

export interface WiringTrial {
  readonly schema: JsonObject;
  /** The manifests of its kind, by path. */
  readonly manifests: readonly (readonly [string, JsonObject])[];
  isValid(file: string, manifest: JsonObject): boolean;
  write(file: string, manifest: JsonObject): void;
  observe(): AsyncGenerator<Observed>;
  /** What is observed while nothing is changed. */
  readonly base: readonly Observed[];
}

/** Removes and changes a property wherever it is set, until something that users see is another one. */
export async function findEffect(property: Property, trial: WiringTrial): Promise<Effect> {
  const { schema, manifests } = trial;
  let effect: Effect = 'not set';
  for (const [file, manifest] of manifests) {
    for (const place of placesOf(property, manifest)) {
      if (effect === 'not set') effect = 'no other value';
      for (const mutant of mutantsAt({ schema, property, manifest, place }, (each) => trial.isValid(file, each))) {
        effect = 'nothing';
        trial.write(file, mutant);
        const changed = await firstChange(trial);
        trial.write(file, manifest);
        if (changed !== undefined) return changed;
      }
    }
  }
  return effect;
}

async function firstChange({ observe, base }: WiringTrial): Promise<ObservedPart | undefined> {
  let index = 0;
  for await (const { part, text } of observe()) {
    const before = base[index++];
    if (before?.text !== text) return part;
  }
  return index === base.length ? undefined : base[index]?.part;
}
