import { expect, it } from 'vitest';
import { createRenderer } from './create-renderer.ts';
import { plainMessage } from './plain-message.ts';
import type { RenderError } from './render-error.ts';

it('says which object exists, without addresses', () => {
  const said =
    'merging from generator &{0x2237c70 0x4a94480}: id resid.ResId{Gvk:resid.Gvk{Group:"", Version:"v1", Kind:"ConfigMap", isClusterScoped:false}, Name:"hours", Namespace:""} exists; cannot add';
  expect(plainMessage(said)).toBe('id ConfigMap/hours exists; cannot add');
});

it('calls a remote base what kustomize would fetch with git', async () => {
  const renderer = await createRenderer({ size: 1 });
  const files = { 'kustomization.yaml': 'resources: [package@v1.28.0.example/configs/base]\n' };
  try {
    const fault = await renderer.build({ files }).catch((error: RenderError) => error.fault);
    expect(fault).toMatchObject({ kind: 'remote-base' });
    expect(fault).toMatchObject({ message: expect.stringContaining('"package@v1.28.0.example/configs/base"') });
    expect(JSON.stringify(fault)).not.toContain("git' program");
  } finally {
    await renderer.close();
  }
});

it('keeps what has no address', () => {
  const said = 'replace operation does not apply: doc is missing path: /spec/{0x1}: missing value';
  expect(plainMessage(said)).toBe(said);
});

it('refuses a generated object that is there twice in the same words each time', async () => {
  const renderer = await createRenderer({ size: 1 });
  const generator = '  - name: hours\n    literals: [open=9]\n';
  const files = { 'kustomization.yaml': `configMapGenerator:\n${generator}${generator}` };
  const said = async () =>
    renderer.build({ files }).then(
      () => '',
      (error: Error) => error.message,
    );
  try {
    const first = await said();
    expect(first).toMatch(/ConfigMap\/hours.* exists/);
    expect(first).not.toMatch(/0x|resid/);
    expect(await said()).toBe(first);
  } finally {
    await renderer.close();
  }
});
