/**
 * Ends a request that hangs. A gateway answers sooner, but an emulator may take this long for thirty requests at once.
 */
export const HANG_MS = 120_000;
