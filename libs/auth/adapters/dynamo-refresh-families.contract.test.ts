import { type DataPlane, enterDataPlane } from '@triptych/local-cloud';
import { dynamo } from '@triptych/platform/aws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RefreshFamily } from '../core/index.ts';
import { dynamoRefreshFamilies } from './dynamo-refresh-families.ts';
import { refreshSecrets } from './refresh-secrets.ts';

let plane: DataPlane;
let families: ReturnType<typeof dynamoRefreshFamilies>;
let begun = 0;

beforeAll(async () => {
  plane = await enterDataPlane();
  const table = await plane.createTable({ name: 'auth' });
  families = dynamoRefreshFamilies({ client: dynamo(), table });
});
afterAll(() => plane.stop());

async function begin(): Promise<RefreshFamily> {
  begun += 1;
  const family: RefreshFamily = {
    id: `f${begun}`,
    accountId: 'a1',
    credentialsVersion: 1,
    currentDigest: refreshSecrets.make().digest,
    expiresAtSeconds: 4_000_000_000,
  };
  await families.begin(family);
  return family;
}

describe('families of refresh tokens in DynamoDB', () => {
  it('are found by every token they ever gave', async () => {
    const family = await begin();
    expect(await families.find(family.currentDigest)).toEqual(family);
    expect(await families.rotate(family, 'next-digest')).toBe(true);
    const rotated = { ...family, currentDigest: 'next-digest' };
    expect(await families.find('next-digest')).toEqual(rotated);
    expect(await families.find(family.currentDigest)).toEqual(rotated);
    expect(await families.find('no such digest')).toBeUndefined();
  });

  it('go on with one of many exchanges of the same token at once, and no other leaves a trace', async () => {
    const family = await begin();
    const digests = Array.from({ length: 8 }, () => refreshSecrets.make().digest);
    const won = await Promise.all(digests.map((digest) => families.rotate(family, digest)));
    expect(won.filter(Boolean)).toHaveLength(1);
    const known = await Promise.all(digests.map((digest) => families.find(digest)));
    expect(known.map(Boolean)).toEqual(won);
  });

  it('take an exchange whose answer was lost for done when it is asked for again', async () => {
    const family = await begin();
    const { digest } = refreshSecrets.make();
    expect(await families.rotate(family, digest)).toBe(true);
    expect(await families.rotate(family, digest)).toBe(true);
  });

  it('end once, by what came first, and give no token after that', async () => {
    const family = await begin();
    expect(await families.end(family.id, 'reuse')).toBe('reuse');
    expect(await families.end(family.id, 'logout')).toBe('reuse');
    expect(await families.rotate(family, refreshSecrets.make().digest)).toBe(false);
    expect(await families.find(family.currentDigest)).toEqual({ ...family, endedBy: 'reuse' });
  });

  it('are not begun twice', async () => {
    const family = await begin();
    await expect(families.begin(family)).rejects.toThrow('there already');
  });
});

describe('refresh tokens', () => {
  it('are opaque, carry 32 random bytes and are found by their digest alone', () => {
    const { token, digest } = refreshSecrets.make();
    expect(token).toMatch(/^rt_[A-Za-z0-9_-]{43}$/);
    expect(refreshSecrets.digest(token)).toBe(digest);
    expect(digest).not.toContain(token.slice(3));
    expect(refreshSecrets.make().token).not.toBe(token);
  });
});
