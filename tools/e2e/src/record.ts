import type { Api, WatchEvent } from './api.ts';

/** An event of a watch, with its place among all. */
export interface RecordedEvent extends WatchEvent {
  /**
   * The resource version of the object after the event: a revision of etcd, which counts every write to any kind. So
   * events of several watches have one order, and no clock is asked.
   */
  readonly version: number;
  /** When it arrived here, in seconds. */
  readonly at: number;
}

export interface Recording {
  /** All events so far, in the order of the writes they tell of. */
  events(): readonly RecordedEvent[];
  stop(): void;
}

/** Records what happens to the objects at some paths of the API, from now on. */
export function record(api: Api, paths: readonly string[]): Recording {
  const events = new Map<string, RecordedEvent>();
  const stops = paths.map((path) =>
    api.watch(path, ({ type, object }) => {
      const version = Number(object.metadata.resourceVersion);
      // A watch that begins anew tells what it has told before.
      const id = `${path} ${version}`;
      if (!events.has(id)) events.set(id, { type, object, version, at: performance.now() / 1000 });
    }),
  );
  return {
    events: () => [...events.values()].sort((a, b) => a.version - b.version),
    stop: () => {
      for (const stop of stops) stop();
    },
  };
}
