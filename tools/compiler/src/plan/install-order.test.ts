import { expect, it } from 'vitest';
import { cluster, component, resolveFiles } from '../../test/sample-workspace.ts';
import { installOrder } from './install-order.ts';

it('puts components after what they need, and keeps the names in order where nothing is said', () => {
  const files = {
    ...component('a', '  namespace: a\n  requires: {components: [z]}\n'),
    ...component('b', '  namespace: b\n'),
    ...component('z', '  namespace: z\n'),
    ...cluster('one', '  components: [a, b, z]\n'),
  };
  const names = resolveFiles(files).flatMap((each) => installOrder(each).map(({ component: { name } }) => name));
  expect(names).toEqual(['b', 'z', 'a']);
});
