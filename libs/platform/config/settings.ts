import { Type } from 'typebox';
import type { Secret } from './secret.ts';

/** Marks a setting whose value is a secret; the loader looks for it and wraps what it finds. */
export const SECRET_MARK = 'x-secret';

/** A text setting; without a default it must be set, and an empty string counts as not set. */
export function text(options: { default?: string; pattern?: string } = {}) {
  return Type.String({ minLength: 1, ...options });
}

/** A whole number, written in decimal digits. */
export function integer(options: { default?: number; minimum?: number; maximum?: number } = {}) {
  return Type.Integer(options);
}

/** An http or https URL without a trailing slash, so that `${url}/path` is always right. */
export function url(options: { default?: string } = {}) {
  return Type.String({ pattern: '^https?://[^/\\s]+(/[^\\s]*[^/\\s])?$', ...options });
}

/** One of a fixed set of words. */
export function choice<const Words extends readonly string[]>(
  words: Words,
  options: { default?: Words[number] } = {},
) {
  return Type.Unsafe<Words[number]>({ type: 'string', enum: [...words], ...options });
}

/** `debug`, `info` (also writes one line per span), `warn` or `error`. */
export function logLevel(options: { default?: LogLevel } = { default: 'info' }) {
  return choice(['debug', 'info', 'warn', 'error'], options);
}
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** What a secret must not be, and the words that follow its name when it is. */
export interface Refusal {
  /** A regular expression. */
  readonly pattern: string;
  readonly because: string;
}

/**
 * A secret: `NAME` holds the value itself, or `NAME_ARN` names an entry of Secrets Manager that is read once at boot.
 * Containers get the value through ECS `secrets:`; functions get the ARN, because a function's environment is readable
 * to whoever may describe it.
 */
export function secret(options: { refuse?: Refusal } = {}) {
  return Type.Unsafe<Secret>({ type: 'string', minLength: 1, [SECRET_MARK]: options });
}
