import { describe, expect, it } from 'vitest';
import { tokenCache } from './token-cache.ts';

const caller = { accountId: 'a', role: 'customer' } as const;

describe('tokenCache', () => {
  it('caches a token until it expires', () => {
    let now = 1_000;
    const tokens = tokenCache(10, () => now);
    tokens.set('t', caller, 2_000);
    expect(tokens.get('t')).toBe(caller);
    now = 2_000;
    expect(tokens.get('t')).toBeUndefined();
    now = 1_000;
    expect(tokens.get('t')).toBeUndefined();
  });

  it('evicts the least recently used token', () => {
    const tokens = tokenCache(2, () => 0);
    tokens.set('a', caller, 1);
    tokens.set('b', caller, 1);
    tokens.get('a');
    tokens.set('c', caller, 1);
    expect([tokens.get('a'), tokens.get('b'), tokens.get('c')]).toEqual([
      caller,
      undefined,
      caller,
    ]);
  });
});
