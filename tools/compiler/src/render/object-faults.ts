import { isObject, type JsonValue } from '@fluxwright/documents';

/** What keeps a YAML document from being one Kubernetes object; nothing where it is one. */
export function objectFault(value: JsonValue): { readonly message: string; readonly help: string } | undefined {
  if (!isObject(value)) {
    return {
      message: `it is ${Array.isArray(value) ? 'a list' : 'plain text'}`,
      help: 'write an object with apiVersion, kind and metadata',
    };
  }
  for (const key of ['apiVersion', 'kind']) {
    if (typeof value[key] !== 'string' || value[key] === '') return { message: `it has no ${key}`, help: `add ${key}` };
  }
  if (String(value.kind).endsWith('List') && Array.isArray(value.items)) {
    return {
      message: `${value.kind} is a list of objects`,
      help: 'write each item as a document of its own, with --- between',
    };
  }
  const name = isObject(value.metadata) ? value.metadata.name : undefined;
  if (typeof name === 'string' && name !== '') return undefined;
  const generated = isObject(value.metadata) && value.metadata.generateName !== undefined;
  return {
    message: `${value.kind} has no metadata.name`,
    help: generated ? 'Flux applies objects by name: generateName would make a new one each time' : 'add metadata.name',
  };
}
