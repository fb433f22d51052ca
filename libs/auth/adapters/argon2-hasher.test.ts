import { describe, expect, it } from 'vitest';
import { argon2Hasher, nobodysHash } from './argon2-hasher.ts';

const parameters = '$argon2id$v=19$m=19456,t=2,p=1$';

describe('argon2 hasher', () => {
  it('makes salted argon2id hashes at the agreed cost and recognises their passwords', async () => {
    const [one, other] = await Promise.all([argon2Hasher.hash('pass'), argon2Hasher.hash('pass')]);
    expect(one.startsWith(parameters)).toBe(true);
    expect(one).not.toBe(other);
    expect(await argon2Hasher.verify('pass', one)).toBe(true);
    expect(await argon2Hasher.verify('other', one)).toBe(false);
  });

  it('compares with a hash of the same cost when there is no account', async () => {
    expect(nobodysHash.startsWith(parameters)).toBe(true);
    expect(await argon2Hasher.verify('pass', undefined)).toBe(false);
  });
});
