import { AppError } from '@triptych/platform/errors';
import type { Money } from './money.ts';
import type { ChargeLimits } from './ports.ts';

/**
 * Rejects a total that the provider would refuse to charge, before any stock is reserved for it.
 * @param path JSON pointer to the amount in the request
 * @throws AppError unprocessable `amount-too-small` | `amount-too-large`
 */
export function checkAmount(
  { amountCents, currency }: Money,
  { minCents, maxCents }: ChargeLimits,
  path: string,
): void {
  if (amountCents < minCents) {
    throw rejected('amount-too-small', `must be at least ${minCents} (${currency})`, path);
  }
  if (amountCents > maxCents) {
    throw rejected('amount-too-large', `must be at most ${maxCents} (${currency})`, path);
  }
}

function rejected(code: string, message: string, path: string): AppError {
  const detail = `The total of an order ${message}, in minor units.`;
  return new AppError('unprocessable', code, detail, { fields: [{ path, message }] });
}
