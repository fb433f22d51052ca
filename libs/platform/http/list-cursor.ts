import { createHash } from 'node:crypto';
import { AppError } from '../errors/index.ts';

/** Hex digits per hash. Enough to detect mistakes; a cursor protects nothing. */
const HASH_DIGITS = 8;

/**
 * Encodes a position in a list as a cursor for clients: a checksum, the hash of the list's filter, and the position, as
 * base64url.
 */
export function encodeCursor(position: string, filter: unknown): string {
  const content = hash(JSON.stringify(filter)) + position;
  return Buffer.from(hash(content) + content).toString('base64url');
}

/**
 * The position in a cursor.
 * @throws AppError `validation`/`invalid-cursor` when the cursor is damaged or belongs to another filter
 */
export function decodeCursor(cursor: string, filter: unknown): string {
  const position = Buffer.from(cursor, 'base64url')
    .toString('utf8')
    .slice(2 * HASH_DIGITS);
  // Encoding the position again must yield the same text. This checks both hashes and the encoding's unused bits.
  if (encodeCursor(position, filter) === cursor) return position;
  const detail = 'The cursor is damaged or belongs to a list with another filter.';
  throw new AppError('validation', 'invalid-cursor', detail);
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, HASH_DIGITS);
}
