import { describe, expect, it } from 'vitest';
import { argon2Hasher, DUMMY_HASH } from './argon2-hasher.ts';

const PARAMETERS = '$argon2id$v=19$m=19456,t=2,p=1$';

describe('argon2 hasher', () => {
  it('makes salted argon2id hashes with the documented cost and verifies their passwords', async () => {
    const [one, other] = await Promise.all([argon2Hasher.hash('pass'), argon2Hasher.hash('pass')]);
    expect(one.startsWith(PARAMETERS)).toBe(true);
    expect(one).not.toBe(other);
    expect(await argon2Hasher.verify('pass', one)).toBe(true);
    expect(await argon2Hasher.verify('other', one)).toBe(false);
  });

  it('compares with a dummy hash of the same cost when there is no account', async () => {
    expect(DUMMY_HASH.startsWith(PARAMETERS)).toBe(true);
    expect(await argon2Hasher.verify('pass', undefined)).toBe(false);
  });
});
