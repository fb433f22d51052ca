import { type DataPlane, enterDataPlane } from '@triptych/local-cloud';
import { dynamo } from '@triptych/platform/aws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Account, KeyRing } from '../core/index.ts';
import { dynamoAccounts } from './dynamo-accounts.ts';
import { dynamoKeys } from './dynamo-keys.ts';

let plane: DataPlane;
let tables = 0;

beforeAll(async () => {
  plane = await enterDataPlane();
});
afterAll(() => plane.stop());

async function newTable() {
  tables += 1;
  return { client: dynamo(), table: await plane.createTable({ name: `auth-${tables}` }) };
}

const mara: Account = {
  id: 'a1',
  email: 'mara@example.com',
  role: 'customer',
  createdAt: '2026-01-01T00:00:00.000Z',
};

describe('accounts in DynamoDB', () => {
  it('exist once per e-mail and are found by e-mail and by id', async () => {
    const accounts = dynamoAccounts(await newTable());
    expect(await accounts.create(mara, 'hash-1')).toBe('created');
    expect(await accounts.create({ ...mara, id: 'a2' }, 'hash-2')).toBe('exists');
    expect(await accounts.credentials(mara.email)).toMatchObject({
      accountId: 'a1',
      role: 'customer',
      passwordHash: 'hash-1',
    });
    expect(await accounts.byId('a1')).toEqual(mara);
    expect(await accounts.standing('a1')).toEqual({ role: 'customer', credentialsVersion: 1 });
    expect(await accounts.byId('a2')).toBeUndefined();
    expect(await accounts.standing('a2')).toBeUndefined();
    expect(await accounts.credentials('other@example.com')).toBeUndefined();
  });

  it('are created once when the same e-mail registers many times at once', async () => {
    const accounts = dynamoAccounts(await newTable());
    const creations = Array.from({ length: 8 }, (_, index) =>
      accounts.create({ ...mara, id: `a${index}` }, 'hash'),
    );
    const outcomes = await Promise.all(creations);
    expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1);
  });

  it('become administrators with a new password, if they are known', async () => {
    const accounts = dynamoAccounts(await newTable());
    await accounts.create(mara, 'hash-1');
    expect(await accounts.makeAdmin(mara.email, 'hash-2')).toEqual({ id: 'a1' });
    expect(await accounts.byId('a1')).toMatchObject({ role: 'admin' });
    expect(await accounts.credentials(mara.email)).toMatchObject({
      role: 'admin',
      passwordHash: 'hash-2',
      credentialsVersion: 2,
    });
    expect(await accounts.standing('a1')).toEqual({ role: 'admin', credentialsVersion: 2 });
    expect(await accounts.makeAdmin('other@example.com', 'hash')).toBeUndefined();
  });

  it('answer a readiness check', async () => {
    await expect(dynamoAccounts(await newTable()).ping()).resolves.toBeUndefined();
  });
});

describe('signing keys in DynamoDB', () => {
  const ring = (version: number): KeyRing => ({
    version,
    keys: [
      {
        kid: `k${version}`,
        publicJwk: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y', kid: 'k', alg: 'ES256', use: 'sig' },
        sealedPrivateKey: 'v1.sealed',
        state: 'current',
        publishedAtMs: 1,
        activatedAtMs: 1,
      },
    ],
  });

  it('come back as they were saved', async () => {
    const keys = dynamoKeys(await newTable());
    expect(await keys.load()).toBeUndefined();
    expect(await keys.save(ring(1), undefined)).toBe(true);
    expect(await keys.load()).toEqual(ring(1));
  });

  it('are saved only over the version they replace', async () => {
    const keys = dynamoKeys(await newTable());
    const saves = await Promise.all(Array.from({ length: 6 }, () => keys.save(ring(1), undefined)));
    expect(saves.filter(Boolean)).toHaveLength(1);
    expect(await keys.save(ring(3), 2)).toBe(false);
    expect(await keys.save(ring(2), 1)).toBe(true);
    expect(await keys.save(ring(2), undefined)).toBe(false);
    expect((await keys.load())?.version).toBe(2);
  });
});
