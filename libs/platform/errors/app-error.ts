/** What went wrong, in words of the domain; `platform/http` alone knows which status code each one becomes. */
export type ErrorKind =
  | 'validation'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'unprocessable'
  | 'too-large'
  | 'unsupported-media'
  | 'too-many'
  | 'unavailable'
  | 'internal';

/** One fault in the caller's input; `path` is a JSON pointer such as `/lines/0/quantity`. */
export interface FieldFault {
  readonly path: string;
  readonly message: string;
}

export interface AppErrorOptions {
  readonly fields?: readonly FieldFault[];
  /** When trying again makes sense; becomes the Retry-After header, or a message's next visibility. */
  readonly retryAfterSeconds?: number;
  readonly cause?: unknown;
}

/**
 * An error that may be shown to the caller. `code` is stable kebab-case and part of the API; `detail` is one sentence
 * for a person and never holds secrets or internals (those belong in `cause`, which is only logged).
 */
export class AppError extends Error {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly detail: string;
  readonly fields?: readonly FieldFault[];
  readonly retryAfterSeconds?: number;

  constructor(kind: ErrorKind, code: string, detail: string, options: AppErrorOptions = {}) {
    super(`${code}: ${detail}`, options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'AppError';
    this.kind = kind;
    this.code = code;
    this.detail = detail;
    if (options.fields !== undefined) this.fields = options.fields;
    if (options.retryAfterSeconds !== undefined) this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
