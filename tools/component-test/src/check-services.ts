import { boundServices } from '@fluxwright/compiler';
import { type Diagnostic, didYouMean, listWords } from '@fluxwright/diagnostics';
import { canonicalText, type JsonObject, type JsonValue } from '@fluxwright/documents';
import { trialConsumer } from './case/case-workspace.ts';
import { type CaseContext, failure } from './case-context.ts';

/** What `expect.services` says of the component's services, or of those of the trial consumer, and does not hold. */
export function checkServices(context: CaseContext): readonly Diagnostic[] {
  const { component, test, rendered } = context;
  const consumer = test.spec.requests === undefined ? component.name : trialConsumer;
  const bound = boundServices(rendered.cluster);
  return (test.spec.expect.services ?? []).flatMap(({ name, provider, absent, outputs }, index) => {
    const at = ['services', index];
    const service = bound.get(`${consumer}/${name}`);
    if (service === undefined) {
      if (absent === true) return [];
      const names = [...bound.values()]
        .filter(({ request }) => request.consumer === consumer)
        .map(({ request }) => request.name);
      return [
        failure('test/wrong-service', context, {
          at: [...at, 'name'],
          message: `${consumer} gets no service "${name}"`,
          note: 'nothing in the cluster makes it',
          help: didYouMean(name, names) ?? (names.length === 0 ? 'it gets none' : `it gets ${listWords(names, 'and')}`),
        }),
      ];
    }
    const maker = service.provider.component.name;
    if (absent === true || (provider !== undefined && provider !== maker)) {
      return [
        failure('test/wrong-service', context, {
          at: [...at, absent === true ? 'absent' : 'provider'],
          message: `the service "${name}" of ${consumer} is made by "${maker}"`,
          note: absent === true ? 'there must be none' : `not by "${provider}"`,
        }),
      ];
    }
    return Object.entries((outputs ?? {}) as JsonObject).flatMap(([key, wanted]) => {
      const said: JsonValue | undefined = service.outputs[key];
      if (said !== undefined && canonicalText(said) === canonicalText(wanted)) return [];
      return [
        failure('test/wrong-service', context, {
          at: [...at, 'outputs', key],
          message: `${consumer} is told another ${key} of the service "${name}"`,
          note: said === undefined ? `it is told no ${key}` : `it is ${JSON.stringify(said)}`,
        }),
      ];
    });
  });
}
