import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Credentials } from './types.ts';

/** Characters of access key ids: base 32 of RFC 4648. */
const KEY_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const KEY_CHARACTERS = 16;

/** Creates credentials in the form of STS: an access key id that starts with `ASIA`, and a token. */
export function temporaryCredentials(): Credentials {
  const characters = [...randomBytes(KEY_CHARACTERS)].map((byte) => KEY_ALPHABET[byte % 32]);
  return {
    accessKeyId: `ASIA${characters.join('')}`,
    secretAccessKey: randomBytes(30).toString('base64'),
    sessionToken: randomBytes(96).toString('base64'),
  };
}

/** Whether a request carries the token of its session. Long-term keys have none. */
export function hasToken({ sessionToken }: Credentials, given: string | undefined): boolean {
  if (sessionToken === undefined) return true;
  const [wanted, token] = [Buffer.from(sessionToken), Buffer.from(given ?? '')];
  return wanted.length === token.length && timingSafeEqual(wanted, token);
}
