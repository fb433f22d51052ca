import { expect } from 'vitest';
import { call } from './http.ts';
import { target } from './target.ts';
import { unique } from './unique.ts';

/** The response to a log-in or a refresh. */
export interface Session {
  accessToken: string;
  tokenType: string;
  expiresInSeconds: number;
  refreshToken: string;
  refreshExpiresInSeconds: number;
}
export interface Customer {
  email: string;
  password: string;
  token: string;
  session: Session;
}

/** Repeating a log-in is safe: a right password does not count, and a wrong one only comes closer to the limit. */
export const attemptLogIn = (email: string, password: string, options: { once?: boolean } = {}) =>
  call<Session>('POST', '/auth/login', {
    body: { email, password },
    ...options,
  });

export const refresh = (refreshToken: string) =>
  call<Session>('POST', '/auth/refresh', { body: { refreshToken }, once: true });

export const logOut = (refreshToken: string) =>
  call('POST', '/auth/logout', { body: { refreshToken } });

export async function startSession(email: string, password: string): Promise<Session> {
  const answer = await attemptLogIn(email, password);
  expect(answer.status, answer.text).toBe(200);
  return answer.json;
}

export async function logIn(email: string, password: string): Promise<string> {
  return (await startSession(email, password)).accessToken;
}

/** Registers a customer and logs them in. */
export async function newCustomer(): Promise<Customer> {
  const email = `${unique('customer')}@conformance.example`;
  const password = 'correct horse battery staple';
  const body = { email, password };
  const registered = await call('POST', '/auth/register', { body });
  expect(registered.status, registered.text).toBe(202);
  const session = await startSession(email, password);
  return { email, password, session, token: session.accessToken };
}

/** One customer for all checks that tolerate each other's orders, because hashing a password is slow. */
export const anyCustomer: () => Promise<Customer> = renewed(async (before) => {
  if (before === undefined) return newCustomer();
  const session = await startSession(before.email, before.password);
  return { ...before, session, token: session.accessToken };
});

const adminSession = renewed(async (_before, account: { email: string; password: string }) => ({
  session: await startSession(account.email, account.password),
}));

/** Returns the operator's admin token, or reports the check as not run. */
export async function adminToken(context: { skip: (note?: string) => never }): Promise<string> {
  const account = target.admin;
  if (!account) return context.skip('not run: TRIPTYCH_ADMIN_EMAIL and _PASSWORD are not set');
  return (await adminSession(account)).session.accessToken;
}

/**
 * Shares what `begin` returns, and calls it again when half of the access token's lifetime is over: on a slow machine a suite
 * takes longer than a token is valid.
 */
function renewed<T extends { session: Session }, Input extends unknown[]>(
  begin: (before: T | undefined, ...input: Input) => Promise<T>,
): (...input: Input) => Promise<T> {
  let current: Promise<T> | undefined;
  let renewAt = 0;
  const renew = async (before: Promise<T> | undefined, input: Input) => {
    const one = await begin(await before, ...input);
    renewAt = performance.now() + one.session.expiresInSeconds * (1000 / 2);
    return one;
  };
  return (...input) => {
    if (current === undefined || performance.now() > renewAt) {
      // Callers that come while this runs wait for it.
      renewAt = Number.POSITIVE_INFINITY;
      current = renew(current, input);
    }
    return current;
  };
}
