import { AppError } from '@triptych/platform/errors';

/** Says which field of a request is wrong, and what it must be. */
export function invalidField(path: string, message: string): AppError {
  return new AppError('validation', 'validation', 'The request is not valid.', {
    fields: [{ path, message }],
  });
}

/** One answer for every access token that does not hold, whatever is wrong with it. */
export function invalidToken(cause?: unknown): AppError {
  return new AppError('unauthenticated', 'invalid-token', 'The access token is not valid.', {
    cause,
  });
}

/** A refresh token that is unknown, expired or logged out; the code is the same as for access tokens. */
export function invalidRefreshToken(): AppError {
  return new AppError('unauthenticated', 'invalid-token', 'The refresh token is not valid.');
}

/** A refresh token of a family that ended because one of its tokens was used twice. */
export function tokenReused(): AppError {
  return new AppError(
    'unauthenticated',
    'token-reused',
    'The refresh token was used before, so its session has ended. Log in again.',
  );
}
