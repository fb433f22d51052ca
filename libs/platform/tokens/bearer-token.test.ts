import { describe, expect, it } from 'vitest';
import { bearerToken } from './bearer-token.ts';

describe('the Authorization header', () => {
  it('returns the token regardless of the case of the scheme', () => {
    expect(bearerToken('bearer a.b.c')).toBe('a.b.c');
  });

  it.each([undefined, '', 'Bearer', 'Basic abc', 'Bearer a b'])('has no token: %j', (header) => {
    expect(() => bearerToken(header)).toThrow('invalid-token');
  });
});
