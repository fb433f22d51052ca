import { describe, expect, test } from 'vitest';
import { expectProblem } from './support/expect-problem.ts';
import { call } from './support/http.ts';
import { documentedRoutes, filled } from './support/openapi.ts';

const routes = await documentedRoutes();
const paths = [...new Set(routes.map(({ path }) => path))].map((path) => {
  const served = routes.filter((route) => route.path === path).map(({ method }) => method);
  return [path, served.includes('GET') ? [...served, 'HEAD'] : served] as const;
});
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

describe.for(paths)('%s', ([path, served]) => {
  const wrong = methods.filter((method) => !served.includes(method));

  test.for(wrong)('rejects %s, naming the methods that it has', async (method) => {
    // A content type that no route reads: the method is checked first.
    const body = method === 'GET' ? {} : { raw: 'x', contentType: 'text/plain' };
    const answer = await call(method, filled(path), body);
    if (isFromPictureCache(path, answer.headers, answer.status)) return;
    expectProblem(answer, 405, 'method-not-allowed');
    const allowed = answer.headers.get('allow')?.split(', ');
    expect(allowed).toEqual([...served, 'OPTIONS'].toSorted());
  });
});

/**
 * CloudFront itself rejects methods other than GET, HEAD and OPTIONS where it fails over between a bucket and a function. Such
 * a behaviour cannot pass them on.
 */
function isFromPictureCache(path: string, headers: Headers, status: number): boolean {
  const fromCdn = /cloudfront/i.test(headers.get('via') ?? '');
  return path.startsWith('/images/') && fromCdn && status === 403;
}
