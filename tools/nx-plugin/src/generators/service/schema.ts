/** Options of the generator `service`; schema.json says what they mean. */
export interface ServiceOptions {
  readonly kind: string;
  readonly provider: string;
  readonly phase?: 'before' | 'beside';
}
