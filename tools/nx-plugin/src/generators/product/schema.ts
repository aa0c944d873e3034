/** Options of the generator `product`; schema.json says what they mean. */
export interface ProductOptions {
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  readonly components?: readonly string[];
  readonly cluster?: string;
}
