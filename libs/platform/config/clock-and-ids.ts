import { randomUUID } from 'node:crypto';

/** Milliseconds since the Unix epoch, from the system clock. A port of use cases, so that tests can set the time. */
export const systemClock = { now: (): number => Date.now() };

/** Generates ids of 32 hexadecimal characters with 122 random bits. They match the shop's id pattern. */
export const randomIds = { next: (): string => randomUUID().replaceAll('-', '') };
