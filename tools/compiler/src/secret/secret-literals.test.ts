import { expect, test } from 'vitest';
import { cluster, component, renderFiles } from '../../test/sample-workspace.ts';
import { secretLiterals } from './secret-literals.ts';

const found = (text: string) => {
  const data = Buffer.from(text).toString('base64');
  const secret = `apiVersion: v1\nkind: Secret\nmetadata: {name: a}\ndata: {url: "${data}"}\n`;
  const files = {
    ...cluster('one', '  components: [web]\n'),
    ...component('web', '  namespace: shop\n', { 'install/a.yaml': secret }),
  };
  return secretLiterals(renderFiles(files)).map(({ code }) => code);
};

test("the base64 of a Secret's data is judged by what it says", () => {
  expect(found('redis://valkey-primary.Valkey.svc:6379/5?idle_timeout_seconds=30')).toEqual([]);
  expect(found('redis://:@cache.shop.svc:6379/5?idle_timeout_seconds=30')).toEqual([]);
  expect(found('redis://:hunter2@cache.shop.svc:6379/5')).toEqual(['secret/known-form']);
});
