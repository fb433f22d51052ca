import { beforeEach, describe, expect, it } from 'vitest';
import {
  DAY_MS,
  type OpenStores,
  placementOf,
  START_MS,
  type StoresUnderTest,
} from './stored-orders.ts';

/** The behaviour that every store of idempotency records must have. */
export function idempotencyContract(name: string, open: OpenStores): void {
  describe(`idempotency records in ${name}`, () => {
    const clock = { nowMs: START_MS };
    let opened: StoresUnderTest;
    beforeEach(async () => {
      clock.nowMs = START_MS;
      opened = await open(clock);
    });

    it('are found by account, operation and key', async () => {
      const placement = placementOf('o1', 'key#1');
      const { scope } = placement.idempotency;
      await opened.stores.orders.place(placement);
      expect(await opened.stores.idempotency.find(scope)).toEqual(placement.idempotency);
      for (const other of [
        { accountId: 'bob' },
        { operation: 'POST /elsewhere' },
        { key: 'key#2' },
        { key: '1' },
      ]) {
        expect(await opened.stores.idempotency.find({ ...scope, ...other })).toBeUndefined();
      }
    });

    it('count as absent from the second in which they expire', async () => {
      const placement = placementOf('o1', 'key#1', START_MS + 999);
      const { scope } = placement.idempotency;
      await opened.stores.orders.place(placement);
      clock.nowMs = START_MS + DAY_MS - 1;
      expect(await opened.stores.idempotency.find(scope)).toEqual(placement.idempotency);
      clock.nowMs = START_MS + DAY_MS;
      expect(await opened.stores.idempotency.find(scope)).toBeUndefined();
    });
  });
}
