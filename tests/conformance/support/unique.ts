import { randomUUID } from 'node:crypto';

/** A name that no other check uses, in this run or an earlier one. */
export const unique = (prefix: string) => `${prefix}-${randomUUID().slice(0, 13)}`;
