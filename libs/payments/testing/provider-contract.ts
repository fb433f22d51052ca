import { beforeEach, describe, expect, it } from 'vitest';
import { captureKey } from '../core/index.ts';
import { providerRefundsContract } from './provider-refunds-contract.ts';
import {
  intentRequest,
  newIntent,
  newOrderId,
  type ProviderUnderTest,
} from './provider-under-test.ts';
import { statementContract } from './statement-contract.ts';

/**
 * The behaviour that every provider must have. `open` returns one that knows the simulator's cards
 * and has no faults. Both the fake and Stripe's adapter with the simulator satisfy it.
 */
export function providerContract(name: string, open: () => Promise<ProviderUnderTest>): void {
  describe(`intents at ${name}`, () => {
    let opened: ProviderUnderTest;
    let provider: ProviderUnderTest['provider'];
    let orderId: string;
    beforeEach(async () => {
      opened = await open();
      provider = opened.provider;
      orderId = newOrderId();
    });

    it('has limits that it enforces', () => {
      expect(provider.chargeLimits('usd')).toEqual({ minCents: 50, maxCents: 99_999_999 });
      expect(provider.chargeLimits('gbp').minCents).toBe(30);
    });

    describe('an intent', () => {
      it('is created open, and once per attempt', async () => {
        const created = await provider.createIntent(intentRequest(orderId));
        expect(created).toMatchObject({
          kind: 'created',
          intent: { orderId, status: 'open', amount: { amountCents: 2400, currency: 'usd' } },
        });
        expect(await provider.createIntent(intentRequest(orderId))).toEqual(created);
        const second = await provider.createIntent(intentRequest(orderId, 'pm_card_visa', 2));
        expect(second.kind).toBe('created');
        expect(second).not.toEqual(created);
      });

      it('is not created when an attempt is repeated with other parameters', async () => {
        await provider.createIntent(intentRequest(orderId));
        const other = await provider.createIntent(intentRequest(orderId, 'pm_card_mastercard'));
        expect(other).toEqual({ kind: 'unknown', keySpent: false });
      });

      it('succeeds when it is confirmed, and again under the same key', async () => {
        const id = await newIntent(provider, orderId);
        const succeeded = { id, orderId, status: 'succeeded' };
        expect(await provider.confirmIntent(id, captureKey(orderId))).toMatchObject(succeeded);
        expect(await provider.confirmIntent(id, captureKey(orderId))).toMatchObject(succeeded);
        expect(await provider.confirmIntent(id, 'another-key')).toBe('unknown');
        expect(await provider.retrieveIntent(id)).toMatchObject(succeeded);
      });

      it.each([
        ['pm_card_visa_chargeDeclined', 'generic_decline'],
        ['pm_card_visa_chargeDeclinedInsufficientFunds', 'insufficient_funds'],
        ['pm_card_visa_chargeDeclinedLostCard', 'lost_card'],
        ['pm_card_chargeDeclinedExpiredCard', 'expired_card'],
        ['pm_card_authenticationRequired', 'authentication_not_handled'],
      ])('is declined with %s as %s, and stays declined', async (card, code) => {
        const id = await newIntent(provider, orderId, card);
        const declined = { id, status: 'declined', code };
        expect(await provider.confirmIntent(id, captureKey(orderId))).toMatchObject(declined);
        expect(await provider.confirmIntent(id, captureKey(orderId))).toMatchObject(declined);
        expect(await provider.confirmIntent(id, 'another-key')).toBe('unknown');
        expect(await provider.retrieveIntent(id)).toMatchObject(declined);
      });

      it('is refused for an unknown card and for an amount that is too small or too large', async () => {
        expect(await provider.createIntent(intentRequest(orderId, 'pm_card_none'))).toEqual({
          kind: 'refused',
          code: 'resource_missing',
        });
        const small = { ...intentRequest(orderId), amount: { amountCents: 49, currency: 'usd' } };
        expect(await provider.createIntent(small)).toEqual({
          kind: 'refused',
          code: 'amount_too_small',
          about: 'amount',
        });
        const amount = { amountCents: 100_000_000, currency: 'usd' };
        expect(await provider.createIntent({ ...intentRequest(orderId), amount })).toEqual({
          kind: 'refused',
          code: 'amount_too_large',
          about: 'amount',
        });
      });

      it('can be cancelled once while it is open or declined', async () => {
        const open = await newIntent(provider, orderId);
        const cancelled = await provider.cancelIntent(open);
        expect(cancelled).toMatchObject({ id: open, status: 'cancelled' });
        expect(cancelled).not.toHaveProperty('code');
        expect(await provider.cancelIntent(open)).toBe('unknown');
        expect(await provider.confirmIntent(open, captureKey(orderId))).toBe('unknown');
        expect(await provider.retrieveIntent(open)).toMatchObject({ status: 'cancelled' });
        const other = newOrderId();
        const declined = await newIntent(provider, other, 'pm_card_visa_chargeDeclined');
        await provider.confirmIntent(declined, captureKey(other));
        expect(await provider.cancelIntent(declined)).toMatchObject({ status: 'cancelled' });
      });

      it('cannot be cancelled once it has succeeded', async () => {
        const id = await newIntent(provider, orderId);
        await provider.confirmIntent(id, captureKey(orderId));
        expect(await provider.cancelIntent(id)).toBe('unknown');
        expect(await provider.retrieveIntent(id)).toMatchObject({ status: 'succeeded' });
      });

      it('is either confirmed or cancelled by concurrent calls', async () => {
        const id = await newIntent(provider, orderId);
        const answers = await Promise.all([
          provider.confirmIntent(id, captureKey(orderId)),
          provider.cancelIntent(id),
        ]);
        const known = answers.filter((answer) => answer !== 'unknown');
        expect(known).toHaveLength(1);
        expect(await provider.retrieveIntent(id)).toEqual(known[0]);
      });

      it('that does not exist is unknown', async () => {
        expect(await provider.retrieveIntent('pi_none')).toBe('unknown');
        expect(await provider.confirmIntent('pi_none', captureKey(orderId))).toBe('unknown');
        expect(await provider.cancelIntent('pi_none')).toBe('unknown');
      });
    });

    describe('while the provider fails', () => {
      it('an intent may be created; the same attempt returns it', async () => {
        const lost = await opened.withoutAnswer('create', (impatient) =>
          impatient.createIntent(intentRequest(orderId)),
        );
        expect(lost).toEqual({ kind: 'unknown', keySpent: false });
        expect(await provider.createIntent(intentRequest(orderId))).toMatchObject({
          kind: 'created',
          intent: { orderId, status: 'open' },
        });
      });

      it('an intent may be confirmed; it is retrieved as succeeded', async () => {
        const id = await newIntent(provider, orderId);
        const lost = await opened.withoutAnswer('confirm', (impatient) =>
          impatient.confirmIntent(id, captureKey(orderId)),
        );
        expect(lost).toBe('unknown');
        expect(await provider.retrieveIntent(id)).toMatchObject({ status: 'succeeded' });
      });

      it('the fault of a creation is replayed for the same attempt only', async () => {
        await opened.failNext('create');
        const fault = { kind: 'unknown', keySpent: true };
        expect(await provider.createIntent(intentRequest(orderId))).toEqual(fault);
        expect(await provider.createIntent(intentRequest(orderId))).toEqual(fault);
        const second = await provider.createIntent(intentRequest(orderId, 'pm_card_visa', 2));
        expect(second).toMatchObject({ kind: 'created' });
      });

      it('the fault of a confirmation is replayed, and no money is taken', async () => {
        const id = await newIntent(provider, orderId);
        await opened.failNext('confirm');
        expect(await provider.confirmIntent(id, captureKey(orderId))).toBe('unknown');
        expect(await provider.confirmIntent(id, captureKey(orderId))).toBe('unknown');
        expect(await provider.retrieveIntent(id)).toMatchObject({ status: 'open' });
      });

      it('an intent cannot be retrieved or cancelled', async () => {
        const id = await newIntent(provider, orderId);
        await opened.failNext('retrieve');
        expect(await provider.retrieveIntent(id)).toBe('unknown');
        await opened.failNext('cancel');
        expect(await provider.cancelIntent(id)).toBe('unknown');
        expect(await provider.retrieveIntent(id)).toMatchObject({ status: 'open' });
      });
    });
  });

  providerRefundsContract(name, open);
  statementContract(name, open);
}
