import { describe, expect, test } from 'vitest';
import { adminToken } from './support/accounts.ts';
import { expectProblem } from './support/expect-problem.ts';
import { call } from './support/http.ts';
import { documentedRoutes, filled } from './support/openapi.ts';
import { unique } from './support/shop.ts';

/** Every documented route that takes a body, except the provider's, whose bodies the provider chooses. */
const routes = (await documentedRoutes())
  .filter(({ operation, path }) => operation.requestBody && !path.includes('/webhooks/'))
  .map(({ method, path }) => [`${method} ${path}`, method, filled(path)] as const);

/** Headers that a route may require before it reads the body. */
const prerequisites = () => ({ 'idempotency-key': unique('key'), 'if-match': '"1"' });

test('the documents list the routes that take a body', () => {
  expect(routes.length).toBeGreaterThanOrEqual(6);
});

describe.for(routes)('%s', ([, method, path]) => {
  test('rejects another content type, and a missing one', async (context) => {
    const token = await adminToken(context);
    for (const contentType of ['text/plain', 'application/x-www-form-urlencoded', null]) {
      const headers = prerequisites();
      const answer = await call(method, path, { token, headers, raw: '{}', contentType });
      expectProblem(answer, 415, 'unsupported-media-type');
    }
  });

  test('rejects 64 KiB plus one byte', async (context) => {
    const token = await adminToken(context);
    const raw = `{"a":"${'x'.repeat(64 * 1024 + 1 - 8)}"}`;
    const answer = await call(method, path, { token, headers: prerequisites(), raw });
    expectProblem(answer, 413, 'body-too-large');
  });

  test('rejects malformed JSON and JSON with __proto__', async (context) => {
    const token = await adminToken(context);
    for (const raw of ['{"a":', '', '{"a":1,}', '{"__proto__":{"role":"admin"}}']) {
      const answer = await call(method, path, { token, headers: prerequisites(), raw });
      expectProblem(answer, 400, 'malformed-json');
    }
  });

  test('rejects unknown fields, naming them', async (context) => {
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
  ['NaN', '{"email":NaN}'],
  ['two documents', '{}{}'],
  ['a field twice', `{${credentials},"email":"other@conformance.example"}`],
  ['a nested __proto__', `{${credentials},"x":{"__proto__":{}}}`],
  ['an escaped __proto__', `{${credentials},"\\u005f_proto__":{}}`],
  ['constructor.prototype', `{${credentials},"constructor":{"prototype":{}}}`],
])('JSON with %s is malformed', async (_title, raw) => {
  expectProblem(await call('POST', '/auth/login', { raw }), 400, 'malformed-json');
});

test('a body of 64 KiB is accepted', async () => {
  const raw = `{${credentials},"x":"${'x'.repeat(64 * 1024 - credentials.length - 9)}"}`;
  const answer = await call('POST', '/auth/login', { raw });
  expect(raw.length).toBeLessThanOrEqual(64 * 1024);
  expectProblem(answer, 400, 'validation');
});

test.each([
  'application/json; charset=utf-8',
  'application/json;charset="UTF-8"',
  'Application/JSON',
  'application/merge-patch+json',
])('the content type of JSON may be %s', async (contentType) => {
  const answer = await call('POST', '/auth/login', { raw: '{}', contentType });
  expectProblem(answer, 400, 'validation');
});

test('rejects bytes that are not UTF-8', async () => {
  const raw = Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]);
  const answer = await call('POST', '/auth/login', { raw });
  // A gateway that passes bodies on as text changes the bytes before the service sees them.
  const code = String(answer.json.code);
  expect(['malformed-json', 'bad-request']).toContain(code);
  expectProblem(answer, 400, code);
});
