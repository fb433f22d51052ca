import { describe, expect, test } from 'vitest';
import { adminToken } from './support/accounts.ts';
import { expectProblem } from './support/expect-problem.ts';
import { call } from './support/http.ts';
import { documentedRoutes, filled } from './support/openapi.ts';
import { unique } from './support/shop.ts';

/** Every route that takes a body, as the documents have it. */
const routes = (await documentedRoutes())
  .filter(({ operation }) => operation.requestBody)
  .map(({ method, path }) => [`${method} ${path}`, method, filled(path)] as const);

/** What a route may want before it looks at the body. */
const prerequisites = () => ({ 'idempotency-key': unique('key'), 'if-match': '"1"' });

test('the documents name the routes that take a body', () => {
  expect(routes.length).toBeGreaterThanOrEqual(6);
});

describe.for(routes)('%s', ([, method, path]) => {
  test('refuses another content type, and none', async (context) => {
    const token = await adminToken(context);
    for (const contentType of ['text/plain', 'application/x-www-form-urlencoded', null]) {
      const headers = prerequisites();
      const answer = await call(method, path, { token, headers, raw: '{}', contentType });
      expectProblem(answer, 415, 'unsupported-media-type');
    }
  });

  test('refuses 64 KiB and one byte', async (context) => {
    const token = await adminToken(context);
    const raw = `{"a":"${'x'.repeat(64 * 1024 + 1 - 8)}"}`;
    const answer = await call(method, path, { token, headers: prerequisites(), raw });
    expectProblem(answer, 413, 'body-too-large');
  });

  test('refuses JSON that is broken or reaches for the prototype', async (context) => {
    const token = await adminToken(context);
    for (const raw of ['{"a":', '', '{"a":1,}', '{"__proto__":{"role":"admin"}}']) {
      const answer = await call(method, path, { token, headers: prerequisites(), raw });
      expectProblem(answer, 400, 'malformed-json');
    }
  });

  test('refuses fields it does not know, naming them', async (context) => {
    const token = await adminToken(context);
    const body = { fieldOfNobody: 1 };
    const answer = await call(method, path, { token, headers: prerequisites(), body });
    const problem = expectProblem(answer, 400, 'validation');
    expect(JSON.stringify(problem.errors)).toContain('fieldOfNobody');
  });
});

const credentials = '"email":"someone@conformance.example","password":"long enough 1"';

test.each([
  ['single quotes', `{'email':'a'}`],
  ['a number that is none', '{"email":NaN}'],
  ['two documents', '{}{}'],
  ['a field twice', `{${credentials},"email":"other@conformance.example"}`],
  ['a nested __proto__', `{${credentials},"x":{"__proto__":{}}}`],
  ['an escaped __proto__', `{${credentials},"\\u005f_proto__":{}}`],
  ['constructor.prototype', `{${credentials},"constructor":{"prototype":{}}}`],
])('JSON with %s is malformed', async (_title, raw) => {
  expectProblem(await call('POST', '/auth/login', { raw }), 400, 'malformed-json');
});

test('a body of 64 KiB is read', async () => {
  const raw = `{${credentials},"x":"${'x'.repeat(64 * 1024 - credentials.length - 9)}"}`;
  const answer = await call('POST', '/auth/login', { raw });
  expect(raw.length).toBeLessThanOrEqual(64 * 1024);
  expectProblem(answer, 400, 'validation');
});

test('a content type may name its character set', async () => {
  const contentType = 'application/json; charset=utf-8';
  const answer = await call('POST', '/auth/login', { raw: '{}', contentType });
  expectProblem(answer, 400, 'validation');
});

test('bytes that are no UTF-8 are refused', async () => {
  const raw = Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]);
  const answer = await call('POST', '/auth/login', { raw });
  // A gateway that hands bodies on as text has changed the bytes before the service sees them.
  const code = String(answer.json.code);
  expect(['malformed-json', 'bad-request']).toContain(code);
  expectProblem(answer, 400, code);
});
