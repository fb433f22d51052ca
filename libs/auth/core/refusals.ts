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
