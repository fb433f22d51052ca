import { AppError } from '@triptych/platform/errors';

/** Kind and code `validation`: names the invalid field and states its requirement. */
export function invalidField(path: string, message: string): AppError {
  return new AppError('validation', 'validation', 'The request is not valid.', {
    fields: [{ path, message }],
  });
}

/**
 * Kind `unauthenticated`, code `invalid-token`: the same error for every invalid access token,
 * whatever the reason. `cause` is only logged.
 */
export function invalidToken(cause?: unknown): AppError {
  return new AppError('unauthenticated', 'invalid-token', 'The access token is not valid.', {
    cause,
  });
}

/**
 * Kind `unauthenticated`, code `invalid-token` as for access tokens: the refresh token is unknown,
 * expired, logged out, or older than the account's password.
 */
export function invalidRefreshToken(): AppError {
  return new AppError('unauthenticated', 'invalid-token', 'The refresh token is not valid.');
}

/**
 * Kind `unauthenticated`, code `token-reused`: the refresh token belongs to a family that ended
 * because one of its tokens was used twice.
 */
export function tokenReused(): AppError {
  return new AppError(
    'unauthenticated',
    'token-reused',
    'The refresh token was used before, so its session has ended. Log in again, and send one refresh at a time.',
  );
}
