import { AppError } from '@triptych/platform/errors';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Attempt, AttemptLimits, AttemptRules } from '../core/index.ts';

const RULES: AttemptRules = { perAccountAndAddress: 3, perAccount: 5, windowSeconds: 900 };
const mara: Attempt = { email: 'mara@example.com', address: '203.0.113.7' };
const tooMany = { kind: 'too-many', code: 'too-many-attempts' };

export interface LimitsUnderTest {
  /** The limits as another process sees them. */
  connect(): AttemptLimits;
  /** Lets time pass. */
  elapse(seconds: number): Promise<void>;
}

/** The behaviour every store of attempt limits must have. `open` returns an empty one. */
export function attemptLimitsContract(
  name: string,
  open: (rules: AttemptRules) => Promise<LimitsUnderTest>,
): void {
  let store: LimitsUnderTest;
  let limits: AttemptLimits;
  beforeEach(async () => {
    store = await open(RULES);
    limits = store.connect();
  });

  describe(`limits of log-in attempts in ${name}`, () => {
    it('apply across processes and to concurrent attempts', async () => {
      const [one, other] = [store.connect(), store.connect()];
      const counts = await Promise.all([
        allowed(one, times(4, mara)),
        allowed(other, times(4, mara)),
      ]);
      expect(counts[0] + counts[1]).toBe(RULES.perAccountAndAddress);
    });

    it('reject with the time left in the window', async () => {
      expect(await allowed(limits, times(3, mara))).toBe(3);
      const error = await limits.count(mara).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject(tooMany);
      const { retryAfterSeconds } = error as AppError;
      expect(retryAfterSeconds).toBeGreaterThan(0);
      expect(retryAfterSeconds).toBeLessThanOrEqual(RULES.windowSeconds);
    });

    it('apply to an account from all networks, but one network cannot use up its total', async () => {
      expect(await allowed(limits, times(20, mara))).toBe(3);
      expect(await allowed(limits, [from('192.0.2.1'), from('192.0.2.2')])).toBe(2);
      await expect(limits.count(from('192.0.2.3'))).rejects.toMatchObject(tooMany);
      await limits.count({ email: 'piet@example.com', address: mara.address });
    });

    it('count an IPv6 subscriber as one client', async () => {
      const addresses = ['2001:db8::1', '2001:db8::2', '2001:db8::3', '2001:db8::4'];
      expect(await allowed(limits, addresses.map(from))).toBe(RULES.perAccountAndAddress);
    });

    it('reset the network and keep the other failures of the account after a success', async () => {
      for (let round = 0; round < 4; round += 1) {
        await limits.count(mara);
        await limits.count(mara);
        await limits.recordSuccess(mara);
      }
      // One failure per round still counts for the account: this is the fifth attempt of five.
      await expect(limits.count(mara)).resolves.toBeUndefined();
      await expect(limits.count(from('192.0.2.1'))).rejects.toMatchObject(tooMany);
    });

    it('end with their window', async () => {
      const brief = await open({ ...RULES, perAccount: 100, windowSeconds: 1 });
      const error = await firstRejection(brief.connect());
      await brief.elapse(error.retryAfterSeconds ?? 0);
      await expect(brief.connect().count(mara)).resolves.toBeUndefined();
    });
  });
}

const times = (count: number, attempt: Attempt) => Array.from({ length: count }, () => attempt);
const from = (address: string) => ({ ...mara, address });

async function allowed(limits: AttemptLimits, attempts: Attempt[]): Promise<number> {
  const outcomes = await Promise.allSettled(attempts.map((attempt) => limits.count(attempt)));
  return outcomes.filter(({ status }) => status === 'fulfilled').length;
}

/** Counts one attempt too many, all at once, until one is rejected. On a slow machine a window may end before that. */
async function firstRejection(limits: AttemptLimits): Promise<AppError> {
  for (let round = 0; round < 50; round += 1) {
    const attempts = times(RULES.perAccountAndAddress + 1, mara);
    const outcomes = await Promise.allSettled(attempts.map((attempt) => limits.count(attempt)));
    for (const outcome of outcomes) {
      if (outcome.status === 'fulfilled') continue;
      if (outcome.reason instanceof AppError) return outcome.reason;
      throw outcome.reason;
    }
  }
  throw new Error('no attempt of 50 rounds was rejected');
}
