import { randomUUID } from 'node:crypto';

/** Milliseconds since 1970, from the system's clock; use cases get it as a port so that tests can set the time. */
export const systemClock = { now: (): number => Date.now() };

/** 32 hexadecimal characters, 122 random bits; fits the shop's id pattern. */
export const randomIds = { next: (): string => randomUUID().replaceAll('-', '') };
