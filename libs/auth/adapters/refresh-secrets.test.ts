import { expect, it } from 'vitest';
import { refreshSecrets } from './refresh-secrets.ts';

it('refresh tokens are opaque, carry 32 random bytes and are found only by their digest', () => {
  const { token, digest } = refreshSecrets.make();
  expect(token).toMatch(/^rt_[A-Za-z0-9_-]{43}$/);
  expect(refreshSecrets.digest(token)).toBe(digest);
  expect(digest).not.toContain(token.slice(3));
  expect(refreshSecrets.make().token).not.toBe(token);
});
