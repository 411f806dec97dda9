import { describe, expect, it } from 'vitest';
import { View } from '../../src/model/view.js';

describe('fields in every form that Envoy has printed them', () => {
  it.each([
    ['snake_case', { use_original_dst: true }, '/l/use_original_dst'],
    ['camelCase', { useOriginalDst: true }, '/l/useOriginalDst'],
    [
      'removed from v3',
      { hidden_envoy_deprecated_use_original_dst: true },
      '/l/hidden_envoy_deprecated_use_original_dst',
    ],
    [
      'removed from v3, in camelCase',
      { hiddenEnvoyDeprecatedUseOriginalDst: true },
      '/l/hiddenEnvoyDeprecatedUseOriginalDst',
    ],
  ])('%s', (_, value, pointer) => {
    const view = new View(value, '/l');
    expect(view.boolean('use_original_dst')).toBe(true);
    expect(view.at('use_original_dst')).toBe(pointer);
  });

  it('takes null for absent, and has the object itself as its place', () => {
    const view = new View({ name: null }, '');
    expect(view.has('name')).toBe(false);
    expect(view.at('name')).toBe('');
  });
});
