import { describe, expect, it } from 'vitest';
import { emailToLookUp, normaliseEmail } from './email.ts';

const canonical = (text: string) => normaliseEmail(text)?.canonical;

describe('an e-mail address', () => {
  it.each([
    'u@bücher.example',
    'U@BÜCHER.Example',
    'u@bu\u0308cher.example',
    'u@xn--bcher-kva.example',
    'u@XN--BCHER-KVA.EXAMPLE',
    'u@bücher.example.',
    'u@bücher。example',
    'u@bücher．example',
    'u@ｂücher.example',
    'u@bü\u00adcher.example',
    'ｕ＠bücher.example',
    '  u@bücher.example ',
  ])('has one form for %j', (spelling) => {
    expect(canonical(spelling)).toBe('u@xn--bcher-kva.example');
  });

  it.each([
    ['jose\u0301@example.com', 'josé@example.com'],
    ['JOSÉ@example.com', 'josé@example.com'],
    ['İ@example.com', 'i\u0307@example.com'],
    ['u.v+w@example.com', 'u.v+w@example.com'],
    ['u@faß.example', 'u@xn--fa-hia.example'],
  ])('%j is stored as %j', (text, form) => {
    expect(canonical(text)).toBe(form);
    expect(canonical(form)).toBe(form);
  });

  it.each([
    'mara',
    'mara@',
    '@example.com',
    'mara@example',
    'ma ra@example.com',
    'a@b..c',
    'a@b.example..',
    'a@.example',
    'a@b@c.example',
    'a@1.2.3.4',
    'a@0x7f.1',
    'a@ex%61mple.com',
    'a@example.com/x',
    'a@example.com:80',
    'a@example.com#x',
    'a@-b.example',
    'a@b_c.example',
    `a@${'b'.repeat(64)}.example`,
    `a@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(60)}.${'f'.repeat(20)}`,
    `${'a'.repeat(65)}@example.com`,
    'ma\u200bra@example.com',
    'ma\u00adra@example.com',
    'ma\u3164ra@example.com',
    'a@b\u200d.example',
  ])('is not %j', (text) => {
    expect(normaliseEmail(text)).toBeUndefined();
  });

  it('keeps the spelling under which an older account may be stored', () => {
    expect(normaliseEmail(' U@BÜCHER.example')?.former).toBe('u@bücher.example');
    expect(emailToLookUp('u@b_c.example')).toEqual({
      canonical: 'u@b_c.example',
      former: 'u@b_c.example',
    });
    expect(emailToLookUp('nobody').canonical).toBe('malformed nobody');
  });
});
