/** A resid.ResId printed with %#v: `resid.ResId{Gvk:resid.Gvk{Group:"", Version:"v1", Kind:"ConfigMap", …}, Name:"a", Namespace:""}`. */
const resourceId = /resid\.ResId\{Gvk:resid\.Gvk\{[^}]*?Kind:"([^"]*)"[^}]*\}, Name:"([^"]*)", Namespace:"([^"]*)"\}/g;
/** A Go value printed with the addresses of its parts: they differ from run to run. */
const address = /\s*(?:from generator )?&?\{(?:[^{}]*\b)?0x[0-9a-f]{4,}[^{}]*\}/g;

/** What kustomize says, without Go's inner view of its values: the same fault is told in the same words in every run. */
export function plainMessage(message: string): string {
  return message
    .replace(resourceId, (_, kind, name, namespace) => [kind, namespace, name].filter((each) => each !== '').join('/'))
    .replace(address, '')
    .replace(/\b0x[0-9a-f]{6,}\b/g, '…')
    .replace(/^merging: id /, 'id ');
}
