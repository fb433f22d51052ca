import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { balanced, captureJournal, sumByCurrency } from './journal.ts';

const AT = '2026-11-22T10:00:00.000Z';

describe('a journal', () => {
  it('of a charge sums to zero for any amount', () => {
    fc.assert(
      fc.property(fc.nat({ max: 9_999_999_999 }), (amountCents) => {
        const { postings } = captureJournal('o1', { amountCents, currency: 'eur' }, AT);
        expect(sumByCurrency(postings)).toEqual({ eur: 0 });
      }),
    );
  });

  it.each([
    ['does not sum to zero', [10, -9]],
    ['has fractions of a cent', [0.5, -0.5]],
    ['has only one posting', [0]],
  ])('is rejected when it %s', (_, amounts) => {
    const postings = amounts.map((amountCents) => ({
      account: 'sales' as const,
      amountCents,
      currency: 'usd',
    }));
    expect(() => balanced({ id: 'j', orderId: 'o', at: AT, postings })).toThrow(
      'journal-unbalanced',
    );
  });

  it('is rejected when only the sum over all currencies is zero', () => {
    const postings = [
      { account: 'provider' as const, amountCents: 10, currency: 'usd' },
      { account: 'sales' as const, amountCents: -10, currency: 'eur' },
    ];
    expect(() => balanced({ id: 'j', orderId: 'o', at: AT, postings })).toThrow(
      'journal-unbalanced',
    );
  });
});
