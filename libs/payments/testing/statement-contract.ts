import { beforeEach, describe, expect, it } from 'vitest';
import { captureKey } from '../core/index.ts';
import { newIntent, newOrderId, type ProviderUnderTest } from './provider-under-test.ts';

const SECOND_MS = 1_000;

/** The behaviour that every provider's statement must have. Part of its contract. */
export function statementContract(name: string, open: () => Promise<ProviderUnderTest>): void {
  describe(`the statement of ${name}`, () => {
    let opened: ProviderUnderTest;
    let provider: ProviderUnderTest['provider'];
    beforeEach(async () => {
      opened = await open();
      provider = opened.provider;
      opened.clock.nowMs += 60 * SECOND_MS;
    });

    async function charge(card?: string) {
      const orderId = newOrderId();
      const intentId = await newIntent(provider, orderId, card);
      await provider.confirmIntent(intentId, captureKey(orderId));
      return { orderId, intentId };
    }
    const refund = ({ orderId, intentId }: { orderId: string; intentId: string }) =>
      provider.createRefund({
        orderId,
        refundId: `refund-of-${orderId}`,
        attempt: 1,
        intentId,
        amount: { amountCents: 1000, currency: 'usd' },
      });
    const entriesSince = (sinceMs: number) => Array.fromAsync(provider.statement(sinceMs));

    it('has the charges and refunds since a moment, with the ids of the shop', async () => {
      const sinceMs = opened.clock.nowMs;
      const { orderId, intentId } = await charge('pm_card_refundFail');
      await refund({ orderId, intentId });
      const entries = await entriesSince(sinceMs);
      expect(entries).toMatchObject([
        { kind: 'charge', intentId, orderId, amount: { amountCents: 2400, currency: 'usd' } },
        {
          kind: 'refund',
          intentId,
          orderId,
          refundId: `refund-of-${orderId}`,
          status: 'failed',
          amount: { amountCents: 1000, currency: 'usd' },
        },
      ]);
      expect(entries[0]?.atMs).toBeGreaterThanOrEqual(sinceMs - SECOND_MS);
      expect(await entriesSince(sinceMs + 60 * SECOND_MS)).toEqual([]);
    });

    it('lists charges, then refunds, each newest first', async () => {
      const sinceMs = opened.clock.nowMs;
      const orderIds: string[] = [];
      for (let count = 0; count < 3; count += 1) {
        const charged = await charge();
        await refund(charged);
        orderIds.unshift(charged.orderId);
        opened.clock.nowMs += SECOND_MS;
      }
      const entries = await entriesSince(sinceMs);
      expect(entries.map(({ kind, orderId }) => `${kind} ${orderId}`)).toEqual([
        ...orderIds.map((orderId) => `charge ${orderId}`),
        ...orderIds.map((orderId) => `refund ${orderId}`),
      ]);
      const times = entries.map(({ atMs }) => atMs);
      expect(times.every((atMs) => atMs % SECOND_MS === 0)).toBe(true);
      const later = await entriesSince(sinceMs + 2 * SECOND_MS);
      expect(later.map(({ orderId }) => orderId)).toEqual([orderIds[0], orderIds[0]]);
    });

    it('has no intent that took no money', async () => {
      const sinceMs = opened.clock.nowMs;
      await newIntent(provider, newOrderId());
      await charge('pm_card_visa_chargeDeclined');
      expect(await entriesSince(sinceMs)).toEqual([]);
    });

    it('is unavailable while the provider fails', async () => {
      await charge();
      await opened.failAll();
      await expect(entriesSince(0)).rejects.toMatchObject({
        kind: 'unavailable',
        code: 'unavailable',
        retryAfterSeconds: 30,
      });
    });
  });
}
