import { AppError } from '../errors/index.ts';

/**
 * The token of an Authorization header (RFC 6750 section 2.1).
 * @throws AppError `unauthenticated`/`invalid-token` when there is none
 */
export function bearerToken(authorization: string | undefined): string {
  const token = /^Bearer +([\w.~+/=-]+)$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) throw missingToken();
  return token;
}

export function missingToken(): AppError {
  return new AppError('unauthenticated', 'invalid-token', 'An access token is needed.');
}
