import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError, type ErrorKind } from '../errors/index.ts';
import { captureLog, type LogLine } from '../testing/captured-log.ts';
import { shopApp } from '../testing/shop-app.ts';
import type { HttpPlugin, Problem } from './index.ts';

let thrown: unknown;
const routes: HttpPlugin = async (app) => {
  app.get('/catalog/fails', async () => {
    throw thrown;
  });
  app.get('/catalog/slow', { handlerTimeout: 20 }, () => new Promise(() => {}));
  app.get('/catalog/mine', async (request) => request.caller);
  const Line = Type.Object({ productId: Type.String(), quantity: Type.Integer({ minimum: 1 }) });
  const body = Type.Object(
    {
      lines: Type.Array(Line),
      mode: Type.Optional(Type.Union([Type.Literal('a'), Type.Literal('b')])),
    },
    { additionalProperties: false },
  );
  app.post('/catalog/orders', { schema: { body } }, async (request) => request.body);
  const querystring = Type.Object(
    {
      limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
      deep: Type.Optional(Type.Boolean()),
      tag: Type.Optional(Type.Array(Type.String())),
    },
    { additionalProperties: false },
  );
  app.get('/catalog/list', { schema: { querystring } }, async (request) => request.query);
};

let app: FastifyInstance;
let lines: LogLine[];
beforeEach(async () => {
  lines = captureLog('warn');
  app = await shopApp(routes);
});
afterEach(() => app.close());

const post = (payload: string | Buffer, contentType = 'application/json') =>
  app.inject({
    method: 'POST',
    url: '/catalog/orders',
    payload,
    headers: { 'content-type': contentType },
  });

describe('errors of use cases', () => {
  const statuses: [ErrorKind, number][] = [
    ['validation', 400],
    ['unauthenticated', 401],
    ['forbidden', 403],
    ['not-found', 404],
    ['conflict', 409],
    ['too-large', 413],
    ['unsupported-media', 415],
    ['unprocessable', 422],
    ['too-many', 429],
    ['internal', 500],
    ['unavailable', 503],
  ];

  it.each(statuses)('%s becomes %i as problem+json', async (kind, status) => {
    thrown = new AppError(kind, 'some-code', 'Some detail.', { retryAfterSeconds: 1.2 });
    const answer = await app.inject('/catalog/fails');
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.headers['retry-after']).toBe('2');
    expect(answer.json()).toEqual({
      type: 'urn:triptych:problem:some-code',
      title: expect.any(String),
      status,
      code: 'some-code',
      detail: 'Some detail.',
      requestId: answer.headers['x-request-id'],
    });
  });

  it('includes WWW-Authenticate when a token is missing', async () => {
    const answer = await app.inject('/catalog/mine');
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
    expect(answer.json<Problem>().code).toBe('invalid-token');
  });
});

describe('unexpected errors', () => {
  it.each([new Error('table passwords at 10.0.0.1'), 'a string', undefined, { statusCode: 'x' }])(
    'expose no details: %s',
    async (error) => {
      thrown = error;
      const answer = await app.inject('/catalog/fails');
      expect(answer.statusCode).toBe(500);
      expect(answer.json()).toMatchObject({ code: 'internal' });
      expect(answer.body).not.toContain('passwords');
    },
  );

  it('are logged with their cause and the request id', async () => {
    thrown = new Error('table passwords at 10.0.0.1');
    const answer = await app.inject('/catalog/fails');
    expect(lines).toEqual([
      expect.objectContaining({
        level: 'error',
        msg: 'request failed',
        requestId: answer.headers['x-request-id'],
        traceId: expect.any(String),
        err: expect.objectContaining({ message: 'table passwords at 10.0.0.1' }),
      }),
    ]);
  });

  it.each([
    Object.assign(new Error('slow down'), { name: 'ThrottlingException' }),
    Object.assign(new Error('busy'), { name: 'ProvisionedThroughputExceededException' }),
    Object.assign(new Error('no'), { name: 'X', $metadata: { httpStatusCode: 503 } }),
    Object.assign(new Error('late'), { name: 'TimeoutError' }),
    Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }),
    new AggregateError([Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })]),
    new Error('wrapped', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) }),
    Object.assign(new Error('cancelled'), {
      name: 'TransactionCanceledException',
      CancellationReasons: [{ Code: 'None' }, { Code: 'TransactionConflict' }],
    }),
  ])('become 503 with Retry-After when a dependency fails temporarily: %s', async (error) => {
    thrown = error;
    const answer = await app.inject('/catalog/fails');
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toMatchObject({ code: 'unavailable' });
    expect(Number(answer.headers['retry-after'])).toBeGreaterThanOrEqual(1);
  });

  it('become 503 when a handler times out', async () => {
    const answer = await app.inject('/catalog/slow');
    expect([answer.statusCode, answer.json<Problem>().code]).toEqual([503, 'timed-out']);
  });
});

describe('bodies', () => {
  it.each([
    ['incomplete JSON', '{"lines":'],
    ['no content', ''],
    ['an attack on the prototype', '{"lines":[],"__proto__":{"admin":true}}'],
    ['an escaped attack', '{"lines":[],"\\u005f_proto__":{"admin":true}}'],
    ['an attack through the constructor', '{"constructor":{"prototype":{"admin":true}}}'],
    ['a duplicate key', '{"lines":[],"lines":[{}]}'],
    ['invalid UTF-8', Buffer.from([0x22, 0xff, 0x22])],
  ])('with %s are malformed-json', async (_what, payload) => {
    const answer = await post(payload);
    expect([answer.statusCode, answer.json<Problem>().code]).toEqual([400, 'malformed-json']);
  });

  it('of 64 KiB are accepted, and larger ones rejected', async () => {
    const ofBytes = (bytes: number) => `{"lines":"${'x'.repeat(bytes - 12)}"}`;
    const read = await post(ofBytes(64 * 1024));
    expect([read.statusCode, read.json<Problem>().code]).toEqual([400, 'validation']);
    const answer = await post(ofBytes(64 * 1024 + 1));
    expect([answer.statusCode, answer.json<Problem>().code]).toEqual([413, 'body-too-large']);
    // Closing would reset a client that is still sending, which would lose the response.
    expect(answer.headers.connection).not.toBe('close');
  });

  it('without a content type are rejected', async () => {
    const answer = await app.inject({
      method: 'POST',
      url: '/catalog/orders',
      payload: Buffer.from('{}'),
    });
    expect([answer.statusCode, answer.json<Problem>().code]).toEqual([
      415,
      'unsupported-media-type',
    ]);
  });

  it.each(['text/plain', 'application/xml', 'application/x-www-form-urlencoded'])(
    'of type %s are rejected',
    async (type) => {
      const answer = await post('a=1', type);
      expect([answer.statusCode, answer.json<Problem>().code]).toEqual([
        415,
        'unsupported-media-type',
      ]);
    },
  );
});

describe('validation', () => {
  const errorsOf = (answer: { json: () => Problem }) =>
    Object.fromEntries((answer.json().errors ?? []).map(({ path, message }) => [path, message]));

  it('reports each invalid field by its path', async () => {
    const body = {
      lines: [{ productId: 'p', quantity: 0 }, { quantity: 1.5 }],
      mode: 'c',
      extra: 1,
    };
    const answer = await post(JSON.stringify(body));
    expect([answer.statusCode, answer.json<Problem>().code]).toEqual([400, 'validation']);
    expect(errorsOf(answer)).toEqual({
      '/extra': 'is not a known field',
      '/lines/0/quantity': expect.stringContaining('1'),
      '/lines/1/productId': 'is required',
      '/lines/1/quantity': 'must be integer',
      '/mode': 'must be one of a, b',
    });
  });

  it('does not coerce strings in a body', async () => {
    const answer = await post('{"lines":[{"productId":"p","quantity":"1"}]}');
    expect(errorsOf(answer)).toEqual({ '/lines/0/quantity': 'must be integer' });
  });

  it('removes nothing from a body', async () => {
    const body = { lines: [{ productId: 'p', quantity: 1, note: 'kept' }] };
    expect((await post(JSON.stringify(body))).json()).toEqual(body);
  });

  it('lists at most eight faults', async () => {
    const body = { lines: Array.from({ length: 500 }, () => ({})) };
    const answer = await post(JSON.stringify(body));
    expect(answer.json<Problem>().errors?.length).toBeLessThanOrEqual(8);
  });

  it('coerces query strings to their schema and fills in defaults', async () => {
    expect((await app.inject('/catalog/list')).json()).toEqual({ limit: 20 });
    const answer = await app.inject('/catalog/list?limit=5&deep=true&tag=x');
    expect(answer.json()).toEqual({ limit: 5, deep: true, tag: ['x'] });
  });

  it.each([
    'limit=0',
    'limit=1e1',
    'limit=',
    'limit=5&limit=6',
    'limit=1.5',
    'limit=0x10',
    'limit=%207',
    'deep=1',
    'deep=yes',
    'other=1',
  ])('rejects the query %s', async (query) => {
    const answer = await app.inject(`/catalog/list?${query}`);
    expect([answer.statusCode, answer.json<Problem>().code]).toEqual([400, 'validation']);
  });
});
