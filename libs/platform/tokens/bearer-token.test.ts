import { describe, expect, it } from 'vitest';
import { bearerToken } from './bearer-token.ts';

describe('the Authorization header', () => {
  it('gives its token in any case of the scheme', () => {
    expect(bearerToken('bearer a.b.c')).toBe('a.b.c');
  });

  it.each([undefined, '', 'Bearer', 'Basic abc', 'Bearer a b'])('%j holds none', (header) => {
    expect(() => bearerToken(header)).toThrow('invalid-token');
  });
});
