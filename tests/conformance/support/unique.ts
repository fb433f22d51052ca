import { randomUUID } from 'node:crypto';

/** A name that no other check of this or an earlier run has. */
export const unique = (prefix: string) => `${prefix}-${randomUUID().slice(0, 13)}`;
