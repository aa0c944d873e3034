import { didYouMean, listWords, type Span } from '@fluxwright/diagnostics';
import { type ComponentMembers, type Resolution, report } from './resolution.ts';
import type { ResolvedRequest } from './resolved-cluster.ts';

/** Two requests of one component with one name, and two that would make one object. */
export function checkNames(resolution: Resolution, requests: readonly ResolvedRequest[]): void {
  const namespaceOf = (consumer: string) => resolution.workspace.components.get(consumer)?.spec.namespace ?? '';
  const groups = [
    {
      key: 'name',
      what: 'are called',
      by: ({ key }: ResolvedRequest) => key,
      named: ({ name }: ResolvedRequest) => name,
    },
    {
      key: 'object',
      what: 'would make objects called',
      by: ({ kind, consumer, object }: ResolvedRequest) => `${kind} ${namespaceOf(consumer)} ${object}`,
      named: ({ object }: ResolvedRequest) => object,
    },
  ];
  const told = new Set<ResolvedRequest>();
  for (const group of groups) {
    for (const [first, ...others] of Map.groupBy(requests, group.by).values()) {
      for (const other of others) {
        if (first === undefined || told.has(other)) continue;
        told.add(other);
        report(resolution, 'resolve/invalid-request', {
          message: `two requests for services ${group.what} "${group.named(other)}"`,
          primary: other.span,
          note: `the second, of component "${other.consumer}"`,
          labels: [{ span: first.span, message: `the first, of component "${first.consumer}"` }],
          help: `give one of them another "${group.key}"`,
        });
      }
    }
  }
}

/** What a request wants access to must be there, of its kind, and its provider must be able to share. */
export function checkOwners(
  resolution: Resolution,
  members: ComponentMembers,
  requests: readonly ResolvedRequest[],
): void {
  for (const request of requests) {
    const { said, asker, path, kind } = request;
    const item = members.get(asker)?.item;
    const fault = item === undefined ? undefined : ownerFault(request, members, requests);
    if (item === undefined || fault === undefined) continue;
    report(resolution, 'resolve/invalid-request', {
      message: `component "${asker}" wants access to the ${kind} ${said.of}, which it cannot have`,
      primary: item.manifest.locate([...path, 'of']),
      ...fault,
    });
  }
}

interface OwnerFault {
  readonly note: string;
  readonly help: string;
  readonly labels?: readonly { readonly span: Span; readonly message: string }[];
}

function ownerFault(
  { said, kind, provider, service }: ResolvedRequest,
  members: ComponentMembers,
  requests: readonly ResolvedRequest[],
): OwnerFault | undefined {
  if (said.of === undefined) return undefined;
  const owner = requests.find(({ key }) => key === said.of);
  if (owner === undefined || owner.said.of !== undefined) {
    const same = requests.filter((each) => each.kind === kind && each.said.of === undefined).map(({ key }) => key);
    const known =
      same.length === 0 ? `no component of the cluster has a ${kind}` : `there are ${listWords(same, 'and')}`;
    const note = owner === undefined ? 'nobody asks for it' : 'it is itself access to another';
    return { note, help: didYouMean(said.of, same) ?? known };
  }
  if (owner.kind !== kind) {
    const labels = [{ span: owner.span, message: 'it is asked for here' }];
    return { note: `it is a ${owner.kind}`, help: 'ask for the kind that it is', labels };
  }
  const maker = members.get(provider.component)?.item;
  if (maker === undefined || service.said.shares === true) return undefined;
  return {
    note: `"${maker.name}" gives it to one component only`,
    help: 'ask for one of its own, without "of"',
    labels: [{ span: maker.manifest.locate(service.path), message: 'it is made here, without shares: true' }],
  };
}
