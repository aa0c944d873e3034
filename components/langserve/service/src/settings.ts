/** Where everything is, from the environment: the template of the Deployment sets these names. */
export interface Settings {
  readonly port: number;
  /** What callers show as Bearer. */
  readonly apiKey: string;
  readonly embeddings: {
    readonly url: string;
    readonly rerankUrl: string;
    readonly model: string;
    readonly dimensions: number;
    readonly apiKey: string;
  };
  readonly vectors: {
    readonly url: string;
    readonly database: string;
    readonly username: string;
    readonly password: string;
  };
  readonly graph: {
    readonly url: string;
    readonly database: string;
    readonly username: string;
    readonly password: string;
  };
  readonly search: { readonly url: string };
  readonly model: { readonly url: string; readonly name: string; readonly apiKey: string };
  /** Passages that the model is given, at most. */
  readonly passages: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Throws with all names that are missing. */
export function readSettings(environment: Environment): Settings {
  const missing: string[] = [];
  const text = (name: string): string => {
    const value = environment[name];
    if (value === undefined || value === '') missing.push(name);
    return value ?? '';
  };
  const count = (name: string): number => {
    const value = Number(text(name));
    if (!Number.isInteger(value) || value < 1) missing.push(`${name} (a whole number)`);
    return value;
  };
  const settings: Settings = {
    port: count('PORT'),
    apiKey: text('API_KEY'),
    embeddings: {
      url: text('EMBEDDINGS_URL'),
      rerankUrl: text('RERANK_URL'),
      model: text('EMBEDDINGS_MODEL'),
      dimensions: count('EMBEDDINGS_DIMENSIONS'),
      apiKey: text('EMBEDDINGS_API_KEY'),
    },
    vectors: {
      url: text('MILVUS_URL'),
      database: text('MILVUS_DATABASE'),
      username: text('MILVUS_USERNAME'),
      password: text('MILVUS_PASSWORD'),
    },
    graph: {
      url: text('NEO4J_URL'),
      database: text('NEO4J_DATABASE'),
      username: text('NEO4J_USERNAME'),
      password: text('NEO4J_PASSWORD'),
    },
    search: { url: text('SEARCH_URL') },
    model: { url: text('MODEL_URL'), name: text('MODEL_NAME'), apiKey: text('MODEL_API_KEY') },
    passages: count('PASSAGES'),
  };
  if (missing.length > 0) throw new Error(`not set: ${[...new Set(missing)].join(', ')}`);
  return settings;
}
