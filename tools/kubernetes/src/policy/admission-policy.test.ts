import type { JsonObject } from '@fluxwright/documents';
import { expect, test } from 'vitest';
import { failsClosed, isAdmissionPolicy, isMatched, policyRefusals } from './admission-policy.ts';

const rules = [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }];

function policy(spec: JsonObject, constraints: JsonObject = {}): JsonObject {
  return {
    apiVersion: 'rules.example.com/v1',
    kind: 'Rule',
    metadata: { name: 'rule' },
    spec: { validationActions: ['Deny'], matchConstraints: { resourceRules: rules, ...constraints }, ...spec },
  };
}

const pod = (spec: JsonObject, labels: JsonObject = {}): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'a', namespace: 'shop', labels },
  spec,
});

const shop = { name: 'shop', labels: { 'kubernetes.io/metadata.name': 'shop', team: 'a' } };
const says = (expression: string, message = 'no') => ({ validations: [{ expression, message }] });

test.each<[string, JsonObject, JsonObject, readonly string[]]>([
  ['a validation that is false', says('!has(object.spec.hostPID)'), { hostPID: true }, ['no']],
  ['one that is true', says('!has(object.spec.hostPID)'), {}, []],
  ['a function that nobody here knows', says('verifyImageSignatures(object) > 0'), {}, []],
  ['a whole number', says('object.spec.priority < 10'), { priority: 10 }, ['no']],
  ['the namespace', says("namespaceObject.metadata.labels.team == 'b'"), {}, ['no']],
  ['what is asked', says("request.operation != 'CREATE' || request.namespace != 'shop'"), {}, ['no']],
  [
    'variables, each of which can read those before it',
    {
      ...says('variables.bad.size() == 0'),
      variables: [
        { name: 'all', expression: 'object.spec.containers + object.spec.?initContainers.orValue([])' },
        { name: 'bad', expression: "variables.all.filter(c, c.image.endsWith(':latest'))" },
      ],
    },
    { containers: [{ image: 'a:1' }], initContainers: [{ image: 'b:latest' }] },
    ['no'],
  ],
  [
    'a message that is made',
    { validations: [{ expression: 'false', message: 'no', messageExpression: "'not ' + object.metadata.name" }] },
    {},
    ['not a'],
  ],
  [
    'a condition that does not hold',
    { ...says('false'), matchConditions: [{ name: 'never', expression: 'has(object.spec.hostPID)' }] },
    {},
    [],
  ],
])('judges by %s', (_, spec, podSpec, refusals) => {
  const found = policyRefusals(policy(spec), { object: pod(podSpec), namespace: shop });
  expect(found.map(({ message }) => message)).toEqual(refusals);
});

test.each<[string, JsonObject, boolean]>([
  ['no selector', {}, true],
  [
    'a namespace that is left out',
    { namespaceSelector: { matchExpressions: [{ key: 'team', operator: 'DoesNotExist' }] } },
    false,
  ],
  ['a namespace that is meant', { namespaceSelector: { matchLabels: { team: 'a' } } }, true],
  ['an object that is not meant', { objectSelector: { matchLabels: { app: 'b' } } }, false],
  ['another version', { resourceRules: [{ ...rules[0], apiVersions: ['v2'] }] }, false],
  ['another operation', { resourceRules: [{ ...rules[0], operations: ['DELETE'] }] }, false],
  ['any resource', { resourceRules: [{ ...rules[0], resources: ['*'] }] }, true],
  ['what is excluded', { excludeResourceRules: rules }, false],
])('asks with %s', (_, constraints, isAsked) => {
  const subject = { object: pod({}, { app: 'a' }), namespace: shop };
  expect(isMatched(policy(says('false'), constraints), subject)).toBe(isAsked);
});

test('is a policy with actions of its own, and closed where it refuses and does not say Ignore', () => {
  const refusing = policy(says('false'));
  expect(isAdmissionPolicy(refusing)).toBe(true);
  expect(isAdmissionPolicy(policy({ ...says('false'), validationActions: null }))).toBe(false);
  expect(failsClosed(refusing)).toBe(true);
  expect(failsClosed(policy({ ...says('false'), failurePolicy: 'Ignore' }))).toBe(false);
  expect(failsClosed(policy({ ...says('false'), validationActions: ['Audit'] }))).toBe(false);
});
