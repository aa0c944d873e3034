/** The nodes that ways from `starts` lead to, the starts included; breadth first. */
export function reach<Node>(starts: Iterable<Node>, next: (node: Node) => Iterable<Node>): ReadonlySet<Node> {
  const found = new Set(starts);
  for (const node of found) for (const each of next(node)) found.add(each);
  return found;
}
