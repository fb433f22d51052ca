import { createHash } from 'node:crypto';
import { AppError } from '../errors/index.ts';

/** Hex digits kept of each hash: enough to notice a mix-up or a typing error; a cursor guards nothing. */
const digits = 8;

/**
 * Wraps a position in a list so that it can travel: the hash of the filter it belongs to and a checksum over both go in
 * front, and the whole is base64url.
 */
export function encodeCursor(position: string, filter: unknown): string {
  const content = hash(JSON.stringify(filter)) + position;
  return Buffer.from(hash(content) + content).toString('base64url');
}

/** The position in a cursor; throws `validation` (`invalid-cursor`) for a damaged one or one of another filter. */
export function decodeCursor(cursor: string, filter: unknown): string {
  const position = Buffer.from(cursor, 'base64url')
    .toString('utf8')
    .slice(2 * digits);
  // Writing it again must give the same text: that checks both hashes, and unused bits of the encoding too.
  if (encodeCursor(position, filter) === cursor) return position;
  const detail = 'The cursor is damaged or belongs to a list with another filter.';
  throw new AppError('validation', 'invalid-cursor', detail);
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, digits);
}
