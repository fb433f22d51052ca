import { Type } from 'typebox';
import type { Secret } from './secret.ts';

/** Marks the schema of a secret. The loader wraps the value of such a setting in a {@link Secret}. */
export const SECRET_MARK = 'x-secret';

/** A text setting. It is required unless it has a default; an empty string counts as missing. */
export function text(options: { default?: string; pattern?: string } = {}) {
  return Type.String({ minLength: 1, ...options });
}

/** An integer in decimal digits. */
export function integer(options: { default?: number; minimum?: number; maximum?: number } = {}) {
  return Type.Integer(options);
}

/** An http or https URL without a trailing slash, so that paths can be appended to it. */
export function url(options: { default?: string } = {}) {
  return Type.String({ pattern: '^https?://[^/\\s]+(/[^\\s]*[^/\\s])?$', ...options });
}

/** One of a fixed set of values. */
export function choice<const Words extends readonly string[]>(
  words: Words,
  options: { default?: Words[number] } = {},
) {
  return Type.Unsafe<Words[number]>({ type: 'string', enum: [...words], ...options });
}

/** `debug`, `info` (which includes one line per span), `warn` or `error`. */
export function logLevel(options: { default?: LogLevel } = { default: 'info' }) {
  return choice(['debug', 'info', 'warn', 'error'], options);
}
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** A pattern that a secret must not match. */
export interface RejectedPattern {
  /** A regular expression. */
  readonly pattern: string;
  /** The fault that is reported after the setting's name. */
  readonly message: string;
}

/**
 * A secret: `NAME` holds the value itself, or `NAME_ARN` is the ARN of a Secrets Manager entry that is read once at
 * boot. Containers get the value through ECS `secrets:`. Functions get the ARN, because everyone who may describe a
 * function can read its environment.
 */
export function secret(options: { reject?: RejectedPattern } = {}) {
  return Type.Unsafe<Secret>({ type: 'string', minLength: 1, [SECRET_MARK]: options });
}
