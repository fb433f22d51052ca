import { invalidField } from './auth-errors.ts';

/** RFC 5321 section 4.5.3.1: 64 octets before the @, and 254 for an address that fits a mail path. */
const MAX_LENGTH = 254;
/** No white space, no characters that need quotes, and none that is invisible. */
const LOCAL = /^[^\s\p{C}\p{Default_Ignorable_Code_Point}@"(),:;<>[\]\\]{1,64}$/u;
/** Two or more labels of letters, digits and inner hyphens. The last is not a number, as in IPv4. */
const DOMAIN =
  /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+(?!\d+$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const FORMER_SHAPE = /^[^\s@"(),:;<>[\]\\]{1,64}@[^\s@.]+(\.[^\s@.]+)+$/u;

/** An e-mail address, normalised. */
export interface Email {
  /**
   * The one form of all spellings. Accounts are stored under it. The local part is in NFKC and lower
   * case. The domain is in ASCII as UTS 46 defines it, so `bücher.example` is
   * `xn--bcher-kva.example`. Rules of individual mail providers (ignored dots, plus tags) are not applied.
   */
  readonly canonical: string;
  /**
   * The form under which older accounts are stored: all of it in NFKC and lower case, with the domain
   * as it was typed. See docs/decisions/0014-e-mail-domains-are-stored-in-ascii.md.
   */
  readonly former: string;
}

/** Normalises an address. Returns `undefined` for text that is not an address. */
export function normaliseEmail(text: string): Email | undefined {
  const [local = '', domain = '', ...more] = text.trim().normalize('NFKC').split('@');
  const normalLocal = local.toLowerCase().normalize('NFKC');
  const normalDomain = asciiDomain(domain);
  const canonical = `${normalLocal}@${normalDomain}`;
  const isAddress =
    more.length === 0 &&
    LOCAL.test(normalLocal) &&
    DOMAIN.test(normalDomain) &&
    canonical.length <= MAX_LENGTH;
  return isAddress ? { canonical, former: formerSpelling(text) ?? canonical } : undefined;
}

/**
 * Normalises the address of a log-in. Text that is not an address gets a form too, under which
 * there is no account: it is counted and looked up like any address.
 */
export function emailToLookUp(text: string): Email {
  const email = normaliseEmail(text);
  if (email) return email;
  const former = formerSpelling(text) ?? `malformed ${text}`;
  return { canonical: former, former };
}

/**
 * Like {@link normaliseEmail}, but rejects text that is not an address.
 * @throws AppError validation `validation`, with the field `/email`
 */
export function requireEmail(text: string): Email {
  const email = normaliseEmail(text);
  if (email === undefined) throw invalidField('/email', 'must be an e-mail address');
  return email;
}

/**
 * The domain in ASCII, without a final dot; empty if it is not a host name. The URL parser applies
 * UTS 46 (https://url.spec.whatwg.org/#concept-domain-to-ascii). It would also decode `%` and stop
 * at `/`, so other ASCII characters than those of a host name are rejected first.
 */
function asciiDomain(domain: string): string {
  const isHostName = /^[a-z0-9.\-\u0080-\u{10ffff}]+$/iu.test(domain);
  const host = isHostName ? URL.parse(`http://${domain}`)?.hostname : undefined;
  return host?.replace(/\.$/, '') ?? '';
}

function formerSpelling(text: string): string | undefined {
  const email = text.trim().normalize('NFKC').toLowerCase();
  return email.length <= MAX_LENGTH && FORMER_SHAPE.test(email) ? email : undefined;
}
