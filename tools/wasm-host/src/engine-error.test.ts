import { expect, it, vi } from 'vitest';
import { EngineError } from './engine-error.ts';

it('is an instance of the class of another copy of this module', async () => {
  vi.resetModules();
  const copy = await import('./engine-error.ts');
  expect(copy.EngineError).not.toBe(EngineError);
  expect(new copy.EngineError('timeout', 'late')).toBeInstanceOf(EngineError);
  expect(new EngineError('timeout', 'late')).toBeInstanceOf(copy.EngineError);
  expect(new Error('other')).not.toBeInstanceOf(EngineError);
});
