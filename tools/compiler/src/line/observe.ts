/** A stage of the line, as {@link Observe} names it. */
export type StageOfLine =
  | 'load'
  | 'look'
  | 'resolve'
  | 'plan'
  | 'render'
  | 'network'
  | 'order'
  | 'validate'
  | 'prove'
  | 'assemble'
  | 'simulate'
  | 'write';

/** Runs one stage's work; a bench measures around it. It must return what the work returns. */
export type Observe = <T>(stage: StageOfLine, work: () => T) => T;

/** Measures nothing. */
export const unobserved: Observe = (_stage, work) => work();
