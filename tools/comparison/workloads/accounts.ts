import { randomBytes } from 'node:crypto';
import { expectAnswer, expectJson } from './answers.ts';
import type { ShopConnection } from './shop-connection.ts';

export interface Account {
  readonly email: string;
  readonly password: string;
}

export interface LoggedIn extends Account {
  readonly token: string;
}

/** Hashing a password takes a core for some milliseconds: more at once would only wait for each other. */
const registrationsAtOnce = 4;

/**
 * Makes customers, through registration as anybody would. Many, because a shop refuses more than ten log-ins of one account
 * at the same time (429), and real ones spread over accounts anyway.
 * @throws UnexpectedAnswer when the shop does not take one
 */
export async function registerAccounts(shop: ShopConnection, count: number): Promise<Account[]> {
  const run = randomBytes(6).toString('hex');
  const accounts = Array.from({ length: count }, (_, index) => ({
    email: `load-${run}-${index}@compare.example`,
    password: `measure-${randomBytes(12).toString('base64url')}`,
  }));
  const left = [...accounts];
  const worker = async () => {
    for (let next = left.pop(); next; next = left.pop()) {
      await expectAnswer(shop, { method: 'POST', path: '/auth/register', json: next }, 202);
    }
  };
  await Promise.all(Array.from({ length: registrationsAtOnce }, worker));
  return accounts;
}

/** @throws UnexpectedAnswer when the shop refuses */
export async function logIn(
  shop: ShopConnection,
  { email, password }: Account,
  more: { readonly headers?: Record<string, string>; readonly signal?: AbortSignal } = {},
): Promise<LoggedIn> {
  const request = { method: 'POST', path: '/auth/login', json: { email, password } } as const;
  const { accessToken } = await expectJson<{ accessToken: string }>(
    shop,
    { ...request, ...more },
    200,
  );
  return { email, password, token: accessToken };
}
