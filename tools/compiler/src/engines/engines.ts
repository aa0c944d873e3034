import { join } from 'node:path';
import { engineDigest } from 'kubeconform-wasm';
import { compilerVersion } from '../compiler-version.ts';
import { type SchemaEngines, schemaEngines } from './schema-engine.ts';
import { openVerdicts } from './verdict-store.ts';

/** The code that Flux and Kubernetes run, for one run of the compiler. Each starts when it is first needed. */
export interface Engines {
  readonly schemas: SchemaEngines;
  /** Ends all threads, and writes down what was found good. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** `folder` keeps good verdicts for the next process; none by default. */
export function openEngines({ folder }: { readonly folder?: string } = {}): Engines {
  const memory = folder === undefined ? undefined : join(folder, 'good');
  const verdicts = openVerdicts(`${compilerVersion} ${engineDigest()}`, memory);
  const schemas = schemaEngines(verdicts);
  return {
    schemas,
    [Symbol.asyncDispose]: async () => {
      verdicts.save();
      await schemas.close();
    },
  };
}
