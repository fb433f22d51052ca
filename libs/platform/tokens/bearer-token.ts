import { AppError } from '../errors/index.ts';

/**
 * The token in an Authorization header (RFC 6750, section 2.1).
 * @throws AppError `unauthenticated`/`invalid-token` when the header has no bearer token
 */
export function bearerToken(authorization: string | undefined): string {
  const token = /^Bearer +([\w.~+/=-]+)$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) throw missingToken();
  return token;
}

/** The error for a request without a token. */
export function missingToken(): AppError {
  return new AppError('unauthenticated', 'invalid-token', 'An access token is needed.');
}
