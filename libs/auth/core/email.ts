import { invalidField } from './refusals.ts';

/** RFC 5321 section 4.5.3.1: 64 octets before the @, and 254 for an address that fits a mail path. */
const maxLength = 254;
const shape = /^[^\s@"(),:;<>[\]\\]{1,64}@[^\s@.]+(\.[^\s@.]+)+$/u;

/**
 * The one spelling under which an address is stored and looked up, or `undefined` when it is no address.
 * NFKC and lower case make look-alikes the same account; nothing provider-specific (dots, plus tags) is touched.
 */
export function normaliseEmail(text: string): string | undefined {
  const email = text.trim().normalize('NFKC').toLowerCase();
  return email.length <= maxLength && shape.test(email) ? email : undefined;
}

/** Like {@link normaliseEmail}; throws `validation` (code `validation`) naming the field when it is no address. */
export function requireEmail(text: string): string {
  const email = normaliseEmail(text);
  if (email === undefined) throw invalidField('/email', 'must be an e-mail address');
  return email;
}
