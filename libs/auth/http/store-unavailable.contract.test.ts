import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { randomIds, systemClock } from '@triptych/platform/config';
import { buildApp } from '@triptych/platform/http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as adapters from '../adapters/index.ts';
import { ATTEMPT_RULES, createAuth } from '../core/index.ts';
import { authRoutes } from './auth-routes.ts';

let client: DynamoDBClient;
let app: Awaited<ReturnType<typeof buildApp>>;

beforeAll(async () => {
  client = new DynamoDBClient({
    // The discard port, on which nothing listens.
    endpoint: 'http://127.0.0.1:9',
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  const at = { client, table: 'auth' };
  const seal = adapters.aesGcmSeal('a key-encryption key');
  const accounts = adapters.dynamoAccounts(at);
  const auth = createAuth({
    accounts,
    keyStore: adapters.dynamoKeys(at),
    keyMaker: adapters.joseKeys({ seal, ids: randomIds }),
    hasher: adapters.argon2Hasher,
    tokens: adapters.joseTokens({ issuer: 'http://127.0.0.1:4001', seal }),
    families: adapters.dynamoRefreshFamilies(at),
    secrets: adapters.refreshSecrets,
    limits: adapters.dynamoLimits({ client, table: 'limits', rules: ATTEMPT_RULES }),
    clock: systemClock,
    ids: randomIds,
  });
  app = await buildApp({
    config: {
      SERVICE_NAME: 'auth',
      VARIANT: 'microservices',
      LOG_LEVEL: 'error',
      TRUSTED_PROXIES: 0,
    },
    title: 'Auth',
    plugin: authRoutes({ auth }),
    ready: [accounts.ping],
  });
});
afterAll(async () => {
  await app.close();
  client.destroy();
});

const credentials = { email: 'mara@example.com', password: 'nine lives of a cat' };
const refreshToken = adapters.refreshSecrets.make().token;

it.each([
  ['POST', '/auth/register', credentials],
  ['POST', '/auth/login', credentials],
  ['POST', '/auth/refresh', { refreshToken }],
  ['POST', '/auth/logout', { refreshToken }],
  ['GET', '/auth/me', undefined],
  ['GET', '/auth/.well-known/jwks.json', undefined],
] as const)(
  '%s %s returns 503 with Retry-After while the table is unavailable',
  async (method, url, body) => {
    const headers = method === 'GET' ? { authorization: 'Bearer some.good.token' } : {};
    const answer = await app.inject({ method, url, headers, ...(body && { payload: body }) });
    expect(answer.json()).toMatchObject({ status: 503, code: 'unavailable' });
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  },
);

it('the service is not ready while its table is unavailable', async () => {
  expect((await app.inject('/auth/health/ready')).statusCode).toBe(503);
});
