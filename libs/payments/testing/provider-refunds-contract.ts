import { beforeEach, describe, expect, it } from 'vitest';
import { captureKey } from '../core/index.ts';
import { newIntent, newOrderId, type ProviderUnderTest } from './provider-under-test.ts';

/** The behaviour that every provider must have for refunds. Part of its contract. */
export function providerRefundsContract(
  name: string,
  open: () => Promise<ProviderUnderTest>,
): void {
  describe(`refunds at ${name}`, () => {
    let opened: ProviderUnderTest;
    let provider: ProviderUnderTest['provider'];
    let orderId: string;
    let refundId: string;
    beforeEach(async () => {
      opened = await open();
      provider = opened.provider;
      orderId = newOrderId();
      refundId = `refund-of-${orderId}`;
    });

    async function chargedIntent(card?: string): Promise<string> {
      const intentId = await newIntent(provider, orderId, card);
      await provider.confirmIntent(intentId, captureKey(orderId));
      return intentId;
    }
    const request = (intentId: string, amountCents = 1000, attempt = 1) => ({
      orderId,
      refundId,
      attempt,
      intentId,
      amount: { amountCents, currency: 'usd' },
    });

    describe('a refund', () => {
      it('knows the ids of the shop, is made once per attempt, and is listed', async () => {
        const intentId = await chargedIntent();
        const created = await provider.createRefund(request(intentId));
        expect(created).toMatchObject({
          kind: 'created',
          refund: {
            intentId,
            orderId,
            refundId,
            status: 'succeeded',
            reason: null,
            amount: { amountCents: 1000, currency: 'usd' },
          },
        });
        expect(await provider.createRefund(request(intentId))).toEqual(created);
        const refund = created.kind === 'created' ? created.refund : expect.fail('no refund');
        expect(await provider.listRefunds(intentId)).toEqual([refund]);
      });

      it('is listed newest first with other refunds of its intent', async () => {
        const intentId = await chargedIntent();
        expect(await provider.listRefunds(intentId)).toEqual([]);
        for (const attempt of [1, 2, 3]) {
          await provider.createRefund(request(intentId, attempt * 100, attempt));
        }
        const listed = await provider.listRefunds(intentId);
        if (listed === 'unknown') expect.fail('the list is unknown');
        expect(listed.map(({ amount }) => amount.amountCents)).toEqual([300, 200, 100]);
        expect(await provider.listRefunds('pi_none')).toBe('unknown');
      });

      it('is refused when not enough of the money is left', async () => {
        const intentId = await chargedIntent();
        const refused = { kind: 'refused', code: 'invalid-request' };
        expect(await provider.createRefund(request(intentId, 2401))).toEqual(refused);
        await provider.createRefund(request(intentId, 2400, 2));
        const more = await provider.createRefund(request(intentId, 1, 3));
        expect(more).toEqual({ kind: 'refused', code: 'charge_already_refunded' });
        expect(await provider.listRefunds(intentId)).toHaveLength(1);
      });

      it('is refused when the bank has taken the money back', async () => {
        const intentId = await chargedIntent('pm_card_createDispute');
        expect(await provider.createRefund(request(intentId))).toEqual({
          kind: 'refused',
          code: 'charge_disputed',
        });
      });

      it('is refused when no money was taken', async () => {
        const open = await newIntent(provider, orderId);
        expect(await provider.createRefund(request(open))).toEqual({
          kind: 'refused',
          code: 'invalid-request',
        });
        const none = await provider.createRefund(request('pi_none', 1000, 2));
        expect(none).toEqual({ kind: 'refused', code: 'resource_missing' });
      });

      it.each([
        ['pm_card_pendingRefund', 'pending', 'succeeded', null],
        ['pm_card_refundFail', 'succeeded', 'failed', 'expired_or_canceled_card'],
      ])('with %s is %s at first and then %s', async (card, first, last, reason) => {
        const intentId = await chargedIntent(card);
        const created = await provider.createRefund(request(intentId));
        expect(created).toMatchObject({ kind: 'created', refund: { status: first, reason: null } });
        expect(await provider.listRefunds(intentId)).toMatchObject([{ status: last, reason }]);
      });

      it('frees its amount when it fails', async () => {
        const intentId = await chargedIntent('pm_card_refundFail');
        await provider.createRefund(request(intentId, 2400));
        const again = await provider.createRefund(request(intentId, 2400, 2));
        expect(again).toMatchObject({ kind: 'created' });
      });
    });

    describe('while the provider fails', () => {
      it('a refund may be made although its answer is lost', async () => {
        const intentId = await chargedIntent();
        const lost = await opened.withoutAnswer('refund', (impatient) =>
          impatient.createRefund(request(intentId)),
        );
        expect(lost).toEqual({ kind: 'unknown', keySpent: false });
        expect(await provider.listRefunds(intentId)).toHaveLength(1);
      });

      it('the fault of a refund is replayed for the same attempt only', async () => {
        const intentId = await chargedIntent();
        await opened.failNext('refund');
        const fault = { kind: 'unknown', keySpent: true };
        expect(await provider.createRefund(request(intentId))).toEqual(fault);
        expect(await provider.createRefund(request(intentId))).toEqual(fault);
        expect(await provider.listRefunds(intentId)).toEqual([]);
        const second = await provider.createRefund(request(intentId, 1000, 2));
        expect(second).toMatchObject({ kind: 'created' });
      });

      it('the list of refunds is unknown', async () => {
        const intentId = await chargedIntent();
        await opened.failAll();
        expect(await provider.listRefunds(intentId)).toBe('unknown');
      });
    });
  });
}
