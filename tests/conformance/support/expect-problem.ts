import { expect } from 'vitest';
import type { Answer } from './http.ts';
import type { Problem } from './shop.ts';

/** Expects an RFC 9457 problem with this status and code that exposes no internals. */
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
  return problem;
}

/** Expects two problems that are identical except for their request id. */
export function expectSameProblem(one: Answer<unknown>, other: Answer<unknown>): void {
  const bytes = ({ text, json }: Answer<unknown>) =>
    text.replaceAll((json as Problem).requestId, '<request id>');
  expect(bytes(one)).toBe(bytes(other));
  expect(one.status).toBe(other.status);
}
