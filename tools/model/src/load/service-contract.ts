import type { Span } from '@fluxwright/diagnostics';
import type { SourceDocument } from '@fluxwright/documents';

/** `before`: the consumer is installed once it is there. `beside`: it is attached to what runs, and nobody waits for it. */
export type ServicePhase = 'before' | 'beside';

/** Who calls whom because of a service: `outputs` what the consumer is told of, `request` what the provider is asked for, `said` what the request says. */
export type ServiceFlow = 'outputs' | 'request' | 'said';

/** What a consumer may ask of a kind of service and what it is told, whoever provides it. */
export interface ServiceContract {
  readonly kind: string;
  readonly title: string;
  readonly description: string;
  /** When the consumer gets it: before it is installed, or beside it, once it runs. */
  readonly phase: ServicePhase;
  readonly flow: ServiceFlow;
  /** JSON Schema of `with`, with the shared definitions that it takes. */
  readonly request: SourceDocument;
  /** JSON Schema of what the consumer's templates see. */
  readonly outputs: SourceDocument;
  /** The line that names the kind. */
  readonly span: Span;
}
