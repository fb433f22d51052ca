import { describe, expect, it } from 'vitest';
import { matchRoute, type Route } from './routes.ts';

const routes: Route[] = [
  '$default',
  'ANY /auth/{proxy+}',
  'GET /auth/me',
  'ANY /auth/me',
  'GET /items/{id}',
  'ANY /items/{proxy+}',
].map((routeKey) => ({ routeKey, functionName: 'f' }));

const keyFor = (method: string, path: string, among = routes): string | undefined =>
  matchRoute(among, method, path)?.routeKey;

describe('matchRoute', () => {
  it('prefers literal over variable, variable over greedy, and greedy over $default', () => {
    expect(keyFor('GET', '/auth/me')).toBe('GET /auth/me');
    expect(keyFor('GET', '/items/1')).toBe('GET /items/{id}');
    expect(keyFor('GET', '/items/1/parts')).toBe('ANY /items/{proxy+}');
    expect(keyFor('GET', '/nowhere')).toBe('$default');
  });

  it('prefers a method over ANY', () => {
    expect(keyFor('POST', '/auth/me')).toBe('ANY /auth/me');
    expect(keyFor('POST', '/items/1')).toBe('ANY /items/{proxy+}');
  });

  it('returns the path parameters', () => {
    const match = matchRoute(routes, 'POST', '/auth/a/b');
    expect(match?.pathParameters).toEqual({ proxy: 'a/b' });
  });

  it('does not match a greedy route with an empty rest', () => {
    const greedy = routes.filter(({ routeKey }) => routeKey.includes('proxy'));
    expect(keyFor('GET', '/auth', greedy)).toBeUndefined();
    expect(keyFor('GET', '/auth/', greedy)).toBeUndefined();
  });
});
