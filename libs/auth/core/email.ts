import { invalidField } from './auth-errors.ts';

/** RFC 5321 section 4.5.3.1: 64 octets before the @, and 254 for an address that fits a mail path. */
const MAX_LENGTH = 254;
const SHAPE = /^[^\s@"(),:;<>[\]\\]{1,64}@[^\s@.]+(\.[^\s@.]+)+$/u;

/**
 * Returns the one form in which an address is stored and looked up, or `undefined` for text that
 * is not an address. NFKC and lower case map look-alikes to the same account. Rules of single mail
 * providers (ignored dots, plus tags) are not applied.
 */
export function normaliseEmail(text: string): string | undefined {
  const email = text.trim().normalize('NFKC').toLowerCase();
  return email.length <= MAX_LENGTH && SHAPE.test(email) ? email : undefined;
}

/**
 * Like {@link normaliseEmail}, but rejects text that is not an address.
 * @throws AppError validation `validation`, with the field `/email`
 */
export function requireEmail(text: string): string {
  const email = normaliseEmail(text);
  if (email === undefined) throw invalidField('/email', 'must be an e-mail address');
  return email;
}
