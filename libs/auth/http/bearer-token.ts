import { AppError } from '@triptych/platform/errors';

/**
 * The token of an Authorization header (RFC 6750 section 2.1). Throws `unauthenticated` (code `invalid-token`) when
 * there is none.
 */
export function bearerToken(authorization: string | undefined): string {
  const token = /^Bearer ([A-Za-z0-9._~+/=-]+)$/i.exec(authorization ?? '')?.[1];
  if (token !== undefined) return token;
  throw new AppError('unauthenticated', 'invalid-token', 'The access token is not valid.');
}
