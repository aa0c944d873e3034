import type { RenderFault } from './render-error.ts';

/** A resid.ResId printed with %#v: `resid.ResId{Gvk:resid.Gvk{Group:"", Version:"v1", Kind:"ConfigMap", …}, Name:"a", Namespace:""}`. */
const resourceId = /resid\.ResId\{Gvk:resid\.Gvk\{[^}]*?Kind:"([^"]*)"[^}]*\}, Name:"([^"]*)", Namespace:"([^"]*)"\}/g;
/** A Go value printed with the addresses of its parts: they differ from run to run. */
const address = /\s*(?:from generator )?&?\{(?:[^{}]*\b)?0x[0-9a-f]{4,}[^{}]*\}/g;

/** kustomize takes some names for the address of a repository, and a repository needs git, which there is none of here. */
const wantsGit = /no 'git' program on path/;

/** A fault in words that are the same in every run; what would be fetched is a remote base, however it is spelled. */
export function plainFault(fault: RenderFault): RenderFault {
  if (!wantsGit.test(fault.message)) return { ...fault, message: plainMessage(fault.message) };
  const named = [...fault.message.matchAll(/(?:accumulating resources from|path) '([^']+)'/g)].at(-1)?.[1];
  const message = `${named === undefined ? 'a resource' : `"${named}"`} is no file or folder of the source, and kustomize would fetch it as a repository`;
  return { ...fault, kind: 'remote-base', message };
}

/** What kustomize says, without Go's inner view of its values: the same fault is told in the same words in every run. */
export function plainMessage(message: string): string {
  return message
    .replace(resourceId, (_, kind, name, namespace) => [kind, namespace, name].filter((each) => each !== '').join('/'))
    .replace(address, '')
    .replace(/\b0x[0-9a-f]{6,}\b/g, '…')
    .replace(/^merging: id /, 'id ');
}
