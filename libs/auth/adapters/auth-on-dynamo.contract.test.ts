import { dynamo } from '@triptych/platform/aws';
import { randomIds, systemClock } from '@triptych/platform/config';
import { type DataPlane, enterDataPlane } from '@triptych/platform/testing/data-plane';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ATTEMPT_RULES, createAuth } from '../core/index.ts';
import {
  aesGcmSeal,
  argon2Hasher,
  dynamoAccounts,
  dynamoKeys,
  dynamoLimits,
  dynamoRefreshFamilies,
  joseKeys,
  joseTokens,
  refreshSecrets,
} from './index.ts';

const address = '203.0.113.7';
const credentials = { email: 'Mara@Example.com', password: 'nine lives of a cat' };
let plane: DataPlane;
let tables: { auth: string; limits: string };

beforeAll(async () => {
  plane = await enterDataPlane();
  tables = {
    auth: await plane.createTable({ name: 'auth' }),
    limits: await plane.createTable({ name: 'limits', limits: true }),
  };
});
afterAll(() => plane.stop());

/** One process of the service, as its composition root wires it. */
function start() {
  const client = dynamo();
  const at = { client, table: tables.auth };
  const seal = aesGcmSeal('a key-encryption key');
  return createAuth({
    accounts: dynamoAccounts(at),
    keyStore: dynamoKeys(at),
    keyMaker: joseKeys({ seal, ids: randomIds }),
    hasher: argon2Hasher,
    tokens: joseTokens({ issuer: 'http://127.0.0.1:4001', seal }),
    families: dynamoRefreshFamilies(at),
    secrets: refreshSecrets,
    limits: dynamoLimits({ client, table: tables.limits, rules: ATTEMPT_RULES, timeoutMs: 20_000 }),
    clock: systemClock,
    ids: randomIds,
  });
}

it('processes that start together share one key and accept sessions that the others started', async () => {
  const [one, two, three] = [start(), start(), start()];
  const sets = await Promise.all([one, two, three].map((auth) => auth.readKeySet()));
  expect(new Set(sets.flatMap(({ keys }) => keys.map((key) => key.kid))).size).toBe(1);

  await one.register(credentials);
  const first = await two.logIn({ ...credentials, address });
  const second = await three.refresh(first);
  const account = await one.readAccount(second);
  expect(account).toMatchObject({ email: 'mara@example.com', role: 'customer' });

  await expect(two.refresh(first)).rejects.toMatchObject({ code: 'token-reused' });
  await expect(one.refresh(second)).rejects.toMatchObject({ code: 'token-reused' });
});
