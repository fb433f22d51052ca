/**
 * The bound of a wait for something that happens in the background. It only ends a test that would wait forever: even on
 * a machine that is seven times slower, nothing takes nearly as long.
 */
export const PATIENT_MS = 120_000;

/** {@link PATIENT_MS} for `vi.waitFor`, `vi.waitUntil` and `expect.poll`, whose own bound is one second. */
export const PATIENT = { timeout: PATIENT_MS, interval: 50 } as const;
