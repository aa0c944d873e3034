/** A name with what a manifest says of it, for lists in a sentence: `cloud (Cloud load balancer: costs by the month)`. */
export function described(name: string, { title, description }: { title?: string; description?: string } = {}): string {
  const said = [title, description?.replace(/\.$/, '')].filter(
    (each) => each !== undefined && each.toLowerCase() !== name,
  );
  return said.length === 0 ? name : `${name} (${said.join(': ')})`;
}
