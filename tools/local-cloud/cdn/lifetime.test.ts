import { describe, expect, it } from 'vitest';
import { MANAGED_CACHE_POLICIES } from './cache-policies.ts';
import { lifetimeS } from './lifetime.ts';

const none = { behavior: 'none', names: [] } as const;
const policy = {
  minTtlS: 0,
  defaultTtlS: 86_400,
  maxTtlS: 1000,
  headers: none,
  cookies: none,
  queryStrings: none,
  encodings: [],
};
const answer = (status: number, headers: Record<string, string> = {}) => ({
  status,
  headers,
  body: Buffer.alloc(0),
});

describe('lifetimeS', () => {
  it.each([
    ['max-age=60', 60],
    ['public, max-age=60, s-maxage=90', 90],
    ['max-age=5000', 1000],
    ['no-store', 0],
    ['private, max-age=60', 0],
  ])('of %s is %i s', (control, seconds) => {
    expect(lifetimeS(answer(200, { 'cache-control': control }), policy, 0)).toBe(seconds);
  });

  it('is the default TTL, up to the maximum, without caching headers', () => {
    expect(lifetimeS(answer(200), policy, 0)).toBe(1000);
  });

  it('is at least the minimum TTL, even for no-store', () => {
    const response = answer(200, { 'cache-control': 'no-store' });
    expect(lifetimeS(response, { ...policy, minTtlS: 1 }, 0)).toBe(1);
  });

  it('is ten seconds for errors that CloudFront caches, or the minimum in the template', () => {
    expect(lifetimeS(answer(404, { 'cache-control': 'no-store' }), policy, 0)).toBe(10);
    expect(lifetimeS(answer(404), policy, 0, () => 3)).toBe(3);
    expect(lifetimeS(answer(400), policy, 0)).toBe(0);
  });

  it.each([404, 405, 414, 500, 501, 502, 503, 504])(
    'is zero for %i when the template says so',
    (status) => {
      const headers = { 'cache-control': 'no-store' };
      expect(lifetimeS(answer(status, headers), policy, 0)).toBe(10);
      expect(lifetimeS(answer(status, headers), policy, 0, () => 0)).toBe(0);
      expect(lifetimeS(answer(status, { 'cache-control': 'max-age=30' }), policy, 0, () => 0)).toBe(
        30,
      );
    },
  );

  it.each([400, 403, 412, 415])('of %i depends on its max-age', (status) => {
    expect(lifetimeS(answer(status), policy, 0)).toBe(0);
    expect(lifetimeS(answer(status, { 'cache-control': 'max-age=3' }), policy, 0)).toBe(10);
    expect(lifetimeS(answer(status, { 'cache-control': 's-maxage=30' }), policy, 0, () => 0)).toBe(
      30,
    );
  });

  it('is zero when caching is disabled', () => {
    const disabled = MANAGED_CACHE_POLICIES['4135ea2d-6df8-44a3-9df3-4b5a84be39ad'];
    const response = answer(200, { 'cache-control': 'max-age=60' });
    expect(disabled && lifetimeS(response, disabled, 0)).toBe(0);
  });
});
