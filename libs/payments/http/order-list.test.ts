import { decodeCursor, encodeCursor } from '@triptych/platform/http';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newWorld, placeTwoCups } from '../testing/world.ts';

describe('the list of orders', () => {
  it('returns each order once, newest first, for pages of any length', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat({ max: 3 }), { maxLength: 12 }),
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 12 }),
        async (gapsMs, limits) => {
          const world = newWorld();
          for (const [index, gapMs] of gapsMs.entries()) {
            world.clock.nowMs += gapMs;
            await placeTwoCups(world, { idempotencyKey: `k${index}` });
          }
          const filter = { accountId: 'ann' };
          const seen: string[] = [];
          let cursor: string | null = null;
          for (let page = 0; page === 0 || cursor !== null; page += 1) {
            const { orders, next } = await world.payments.listOrders({
              caller: { accountId: 'ann', role: 'customer' },
              limit: limits[page % limits.length] ?? 1,
              after: cursor === null ? null : decodeCursor(cursor, filter),
            });
            seen.push(...orders.map(({ createdAt, id }) => `${createdAt}#${id}`));
            cursor = next === null ? null : encodeCursor(next, filter);
          }
          expect(seen).toHaveLength(gapsMs.length);
          expect(seen).toEqual([...new Set(seen)].toSorted().toReversed());
        },
      ),
    );
  });
});
