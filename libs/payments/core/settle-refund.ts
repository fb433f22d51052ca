import type { RefundRequested } from '@triptych/events';
import { acceptRefund } from './accept-refund.ts';
import type { Progress } from './drive-record.ts';
import { driveRefund, failRefund } from './drive-refund.ts';
import type { Clock, Orders, PaymentProvider, ProviderRefund, Refunds } from './ports.ts';
import { unknownRefund } from './refund.ts';
import { nextRefundAttempt } from './refund-changes.ts';
import { timestamp } from './timestamp.ts';

export type SettleRefund = RefundRequested['data'];

interface Deps {
  orders: Orders;
  refunds: Refunds;
  provider: PaymentProvider;
  clock: Clock;
}

/**
 * Makes the provider carry out a pending refund. Looks first whether the provider has it already:
 * idempotency keys expire after a day, and no refund may be paid twice.
 * @returns `undecided` when the provider does not answer or has not decided
 * @throws AppError not-found `not-found`, conflict `order-busy`, internal `amount-differs`
 */
export async function settleRefund(deps: Deps, command: SettleRefund): Promise<Progress> {
  const { orderId, refundId } = command;
  const refund = await deps.refunds.find(orderId, refundId);
  const order = await deps.orders.find(orderId);
  if (!refund || !order?.intentId) throw unknownRefund(refundId);
  if (refund.state !== 'pending') return 'settled';
  const { intentId } = order;
  const existing = await findAtProvider(deps.provider, intentId, refundId);
  if (existing === 'unknown') return 'undecided';
  if (existing) return acceptRefund(deps, { ...command, reported: existing });
  const { attempt, amount } = refund;
  const request = { orderId, refundId, attempt, intentId, amount };
  const created = await deps.provider.createRefund(request);
  if (created.kind === 'created') {
    return acceptRefund(deps, { ...command, reported: created.refund });
  }
  if (created.kind === 'refused') return settleRefused(deps, command, intentId, created.code);
  // If this write fails, another process has moved the refund on. Here it is undecided either way.
  if (created.keySpent) {
    await deps.refunds.commit(nextRefundAttempt(refund, timestamp(deps.clock)));
  }
  return 'undecided';
}

/**
 * The provider also refuses a refund that a concurrent attempt has just carried out, so look again
 * before the refund fails.
 */
async function settleRefused(
  deps: Deps,
  command: SettleRefund,
  intentId: string,
  code: string,
): Promise<Progress> {
  const existing = await findAtProvider(deps.provider, intentId, command.refundId);
  if (existing === 'unknown') return 'undecided';
  if (existing) return acceptRefund(deps, { ...command, reported: existing });
  return driveRefund(deps.refunds, command, async (refund) =>
    refund.state === 'pending'
      ? failRefund(deps.orders, refund, code, timestamp(deps.clock))
      : 'settled',
  );
}

async function findAtProvider(
  provider: PaymentProvider,
  intentId: string,
  refundId: string,
): Promise<ProviderRefund | 'unknown' | undefined> {
  const refunds = await provider.listRefunds(intentId);
  return refunds === 'unknown' ? refunds : refunds.find((other) => other.refundId === refundId);
}
