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

/** Hashing a password keeps a core busy for some milliseconds, so more concurrent registrations would only wait. */
const CONCURRENT_REGISTRATIONS = 4;

/**
 * Registers customers through the public API. A load needs many accounts, because a shop rejects more than ten concurrent
 * log-ins of one account (429).
 * @throws UnexpectedAnswer if the shop rejects a registration
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
  await Promise.all(Array.from({ length: CONCURRENT_REGISTRATIONS }, worker));
  return accounts;
}

/** Logs a customer in. @throws UnexpectedAnswer if the shop rejects the log-in */
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
