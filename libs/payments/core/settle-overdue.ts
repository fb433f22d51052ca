import type { ChargeDeps } from './charge-order.ts';
import { chargeOutcome } from './charge-outcome.ts';
import { driveOrder, type Progress } from './drive-order.ts';
import type { IntentAnswer, PaymentProvider } from './ports.ts';
import { timestamp } from './timestamp.ts';
import { cancel } from './transitions.ts';

/**
 * The deadline has passed: settle what is still open. Before a charging order is cancelled its
 * intent is cancelled, so that no money can be taken for it afterwards; if the money has been taken
 * already, the order is confirmed.
 * @returns undecided while the provider does not answer: call again later
 * @throws AppError not-found `not-found`, conflict `order-busy`
 */
export async function settleOverdue(deps: ChargeDeps, orderId: string): Promise<Progress> {
  const at = () => timestamp(deps.clock);
  return driveOrder(deps.orders, orderId, async (order) => {
    // An intent of a reserved order is not stored, and only a stored one is ever confirmed.
    if (order.state !== 'charging') return cancel(order, 'deadline', at());
    if (order.intentId === null) return cancel(order, 'declined', at());
    return chargeOutcome(order, await close(deps.provider, order.intentId), at());
  });
}

async function close(provider: PaymentProvider, intentId: string): Promise<IntentAnswer> {
  const found = await provider.retrieveIntent(intentId);
  return found !== 'unknown' && found.status === 'open' ? provider.cancelIntent(intentId) : found;
}
