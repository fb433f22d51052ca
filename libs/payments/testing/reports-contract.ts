import { beforeEach, describe, expect, it } from 'vitest';
import type { HandledReports } from '../core/index.ts';
import { DAY_MS, type OpenStores, START_MS } from './stored-orders.ts';

/** The behaviour that every store of handled events must have. */
export function reportsContract(name: string, open: OpenStores): void {
  describe(`handled events in ${name}`, () => {
    const clock = { nowMs: START_MS };
    let reports: HandledReports;
    beforeEach(async () => {
      clock.nowMs = START_MS;
      ({ reports } = (await open(clock)).stores);
    });

    it('are remembered for 30 days', async () => {
      expect(await reports.has('evt_1')).toBe(false);
      await reports.add('evt_1');
      expect(await reports.has('evt_2')).toBe(false);
      clock.nowMs += 30 * DAY_MS - 1_000;
      expect(await reports.has('evt_1')).toBe(true);
      clock.nowMs += 1_000;
      expect(await reports.has('evt_1')).toBe(false);
    });

    it('keep their time when they are added again, and start a new one after it', async () => {
      await reports.add('evt_1');
      clock.nowMs += 10 * DAY_MS;
      await reports.add('evt_1');
      clock.nowMs += 20 * DAY_MS;
      expect(await reports.has('evt_1')).toBe(false);
      await reports.add('evt_1');
      expect(await reports.has('evt_1')).toBe(true);
    });

    it('can be added concurrently', async () => {
      await Promise.all(Array.from({ length: 5 }, () => reports.add('evt_1')));
      expect(await reports.has('evt_1')).toBe(true);
    });
  });
}
