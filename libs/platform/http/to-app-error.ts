import { AppError } from '../errors/index.ts';
import { isUnavailable } from './store-faults.ts';

/** Fastify's own errors by code, and the error that the caller gets. */
const FASTIFY_ERRORS: Record<string, () => AppError> = {
  FST_ERR_CTP_BODY_TOO_LARGE: () =>
    new AppError(
      'too-large',
      'body-too-large',
      'The request body is larger than this route takes.',
    ),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () => unsupportedMediaType(),
  FST_ERR_CTP_EMPTY_JSON_BODY: () => malformedJson('The request body is empty.'),
  FST_ERR_CTP_INVALID_JSON_BODY: () => malformedJson('The request body is not valid JSON.'),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () =>
    new AppError('validation', 'bad-request', 'The body is not as long as Content-Length says.'),
  FST_ERR_BAD_URL: () => badUrl(),
  FST_ERR_INVALID_URL: () => badUrl(),
  FST_ERR_MAX_PARAM_LENGTH: () => badUrl(),
  FST_ERR_HANDLER_TIMEOUT: () =>
    new AppError('unavailable', 'timed-out', 'The request took too long.', {
      retryAfterSeconds: 2,
    }),
};

/** The error for a body of another type than JSON. */
export function unsupportedMediaType(): AppError {
  const detail = 'Send the body as application/json.';
  return new AppError('unsupported-media', 'unsupported-media-type', detail);
}

/** The error for a body that is not acceptable JSON. */
export function malformedJson(detail: string): AppError {
  return new AppError('validation', 'malformed-json', detail);
}

function badUrl(): AppError {
  return new AppError('validation', 'bad-url', 'The URL is not valid.');
}

/** Maps any thrown value to an AppError. Unknown errors become `internal`, without details for the caller. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { code, statusCode } = (error ?? {}) as { code?: unknown; statusCode?: unknown };
  const known = typeof code === 'string' ? FASTIFY_ERRORS[code] : undefined;
  if (known) return known();
  if (isUnavailable(error)) {
    return new AppError(
      'unavailable',
      'unavailable',
      'The service cannot answer just now. Try again shortly.',
      {
        retryAfterSeconds: 1 + Math.floor(Math.random() * 3),
        cause: error,
      },
    );
  }
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) {
    return new AppError('validation', 'bad-request', 'The request is not valid.', { cause: error });
  }
  return new AppError('internal', 'internal', 'Something went wrong on our side.', {
    cause: error,
  });
}
