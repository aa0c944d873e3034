import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { JsonObject } from '@fluxwright/documents';

let product: JsonObject | undefined;

/** schemas/product.schema.json, read when it is first asked for. */
export function productSchema(): JsonObject {
  product ??= JSON.parse(
    readFileSync(path.join(import.meta.dirname, '../../schemas/product.schema.json'), 'utf8'),
  ) as JsonObject;
  return product;
}
