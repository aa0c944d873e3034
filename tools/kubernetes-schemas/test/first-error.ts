import type { ValidateFunction } from 'ajv';

/** Path and keyword of the first finding of a validator that has just said no; list positions are written `[]`. */
export function firstError(validate: ValidateFunction): string {
  const [error] = validate.errors ?? [];
  const { additionalProperty, missingProperty } = (error?.params ?? {}) as {
    additionalProperty?: string;
    missingProperty?: string;
  };
  const path = [error?.instancePath, additionalProperty ?? missingProperty]
    .filter((part) => part !== undefined)
    .join('/');
  return `${path.replace(/\/\d+(?=\/|$)/g, '/[]')} ${error?.keyword}`;
}
