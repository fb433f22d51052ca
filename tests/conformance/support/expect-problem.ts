import { expect } from 'vitest';
import type { Answer } from './http.ts';
import { documentedCodes, documentedRoutes, patternOf } from './openapi.ts';
import type { Problem } from './shop.ts';

/** Every documented route. None if the shop cannot be reached yet: other suites start with a fault. */
const routes = await documentedRoutes().catch(() => []);

/** The codes that the document lists for this response; undefined for a request without a documented route. */
function listedCodes({ request: [method, path], status }: Answer<unknown>): unknown[] | undefined {
  const [bare = ''] = path.split('?', 1);
  const route = routes.find((one) => one.method === method && patternOf(one.path).test(bare));
  return route && documentedCodes(route.operation, status);
}

/** Expects an RFC 9457 problem with this status and code that exposes no internals and is in the route's document. */
export function expectProblem(answer: Answer<unknown>, status: number, code: string): Problem {
  const problem = answer.json as Problem;
  expect({ status: answer.status, code: problem.code }, answer.text).toEqual({ status, code });
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(problem).toMatchObject({
    status,
    title: expect.any(String),
    detail: expect.any(String),
    requestId: expect.any(String),
  });
  expect(answer.text).not.toMatch(/node_modules|\.mjs|at .+:\d+:\d+/);
  expect(listedCodes(answer) ?? [code], answer.request.join(' ')).toContain(code);
  return problem;
}

/** Expects two problems that are identical except for their request id. */
export function expectSameProblem(one: Answer<unknown>, other: Answer<unknown>): void {
  const bytes = ({ text, json }: Answer<unknown>) =>
    text.replaceAll((json as Problem).requestId, '<request id>');
  expect(bytes(one)).toBe(bytes(other));
  expect(one.status).toBe(other.status);
}
