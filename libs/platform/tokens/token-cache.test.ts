import { describe, expect, it } from 'vitest';
import { verifiedTokens } from './verified-tokens.ts';

const caller = { accountId: 'a', role: 'customer' } as const;

describe('verifiedTokens', () => {
  it('remembers a token until it expires', () => {
    let now = 1_000;
    const tokens = verifiedTokens(10, () => now);
    tokens.remember('t', caller, 2_000);
    expect(tokens.find('t')).toBe(caller);
    now = 2_000;
    expect(tokens.find('t')).toBeUndefined();
    now = 1_000;
    expect(tokens.find('t')).toBeUndefined();
  });

  it('forgets the one that was used longest ago when there are too many', () => {
    const tokens = verifiedTokens(2, () => 0);
    tokens.remember('a', caller, 1);
    tokens.remember('b', caller, 1);
    tokens.find('a');
    tokens.remember('c', caller, 1);
    expect([tokens.find('a'), tokens.find('b'), tokens.find('c')]).toEqual([
      caller,
      undefined,
      caller,
    ]);
  });
});
