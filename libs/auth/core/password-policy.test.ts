import { describe, expect, it } from 'vitest';
import { isCommon, isOwnEmail } from './password-policy.ts';

describe('common passwords', () => {
  it.each([
    'password',
    'Password1',
    'P@ssw0rd!',
    'PASSWORD123!',
    'qwertyuiop',
    '12345678',
    '87654321',
    'abcdefgh',
    'aaaaaaaa',
    'abababab',
    'xyz1xyz1',
    'letmein123',
    'Dragon2024!',
    'iloveyou',
    'trustno1',
    '1q2w3e4r',
    'zaq12wsx',
  ])('rejects %s', (password) => {
    expect(isCommon(password)).toBe(true);
  });

  it.each([
    'correct horse battery staple',
    'demo-of-the-shop-7',
    'Passwordless is better',
    'kV9#tq2Lw',
  ])('accepts %s', (password) => {
    expect(isCommon(password)).toBe(false);
  });
});

describe('the account’s own e-mail address as a password', () => {
  it.each(['mara.q@example.com', 'MARA.Q@example.com', 'mara.q', 'Mara.Q2024!'])(
    'is rejected as %s',
    (password) => {
      expect(isOwnEmail(password, 'mara.q@example.com')).toBe(true);
    },
  );

  it('does not rule out longer passwords that contain the name', () => {
    expect(isOwnEmail('mara.q and the nine cats', 'mara.q@example.com')).toBe(false);
  });
});
