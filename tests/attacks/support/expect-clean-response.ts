import { expect } from 'vitest';
import type { Answer } from '../../conformance/support/http.ts';

/** What no response may expose: file paths, the technology behind it, secrets. */
const inside =
  /node_modules|\bat .+:\d+:\d+|\.mjs\b|arn:aws|dynamodb|ConditionalCheck|ValidationException|ECONN|TypeError|Secret(String|Id)|PRIVATE KEY|passwordHash|root:x:/i;
const secrets = [process.env.TRIPTYCH_WEBHOOK_SECRET, process.env.TRIPTYCH_PROVIDER_KEY].filter(
  (secret) => secret !== undefined && secret.length > 8,
) as string[];

/** Expects a status below 500, a problem document for each rejection, and no internals. */
export function expectCleanResponse(answer: Answer<unknown>, what: string): void {
  expect(answer.status, `${what}: ${answer.text}`).toBeLessThan(500);
  if (answer.status >= 400) {
    expect(answer.headers.get('content-type'), what).toMatch(/^application\/problem\+json/);
    expect(answer.json, what).toMatchObject({
      status: answer.status,
      code: expect.stringMatching(/^[a-z0-9]+(-[a-z0-9]+)*$/),
      requestId: expect.any(String),
    });
  }
  expect(answer.text, what).not.toMatch(inside);
  for (const secret of secrets) expect(answer.text.includes(secret), what).toBe(false);
  expect(answer.headers.get('x-powered-by'), what).toBeNull();
  expect(answer.headers.get('set-cookie'), what).toBeNull();
}
