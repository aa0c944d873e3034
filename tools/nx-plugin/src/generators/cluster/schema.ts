/** Options of the generator `cluster`; schema.json says what they mean. */
export interface ClusterOptions {
  readonly name: string;
  readonly from?: string;
  readonly domain?: string;
}
