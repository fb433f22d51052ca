import { AppError } from '@triptych/platform/errors';
import { chargeOutcome } from './charge-outcome.ts';
import { driveOrder } from './drive-order.ts';
import type { HandledReports, Intent, ProviderRefund } from './ports.ts';
import { acceptRefund, type RefundDeps } from './settle-refund.ts';
import { timestamp } from './timestamp.ts';

/**
 * A verified message from the provider. Without any of its parts it is about something that payments
 * does not follow.
 */
export interface ProviderReport {
  readonly eventId: string;
  readonly intent?: Intent;
  readonly refund?: ProviderRefund;
  /** Something of this order's charge was paid back; what, only asking can tell. */
  readonly refundedOrderId?: string;
}

type Deps = RefundDeps & { reports: HandledReports };

/**
 * Settles an order or a refund by the provider's own word, each event once. It is marked as handled
 * afterwards: a crash in between means that it is handled again, which changes nothing.
 * @throws AppError internal `stray-charge` when money was taken that no confirmed order accounts
 *   for, unavailable `unavailable` when the provider must be asked and does not answer
 */
export async function acceptReport(deps: Deps, report: ProviderReport): Promise<void> {
  if (await deps.reports.has(report.eventId)) return;
  if (report.intent) await settle(deps, report.intent);
  if (report.refund) await acceptOurs(deps, report.refund);
  if (report.refundedOrderId) await askForRefunds(deps, report.refundedOrderId);
  await deps.reports.add(report.eventId);
}

async function settle({ orders, clock }: Deps, intent: Intent): Promise<void> {
  const order = intent.orderId === null ? undefined : await orders.find(intent.orderId);
  if (order?.intentId === intent.id) {
    await driveOrder(orders, order.id, async (current) =>
      chargeOutcome(current, intent, timestamp(clock)),
    );
  }
  if (intent.status !== 'succeeded' || order === undefined) return;
  const settled = await orders.find(order.id);
  if (settled?.state !== 'confirmed' || settled.intentId !== intent.id) {
    throw new AppError('internal', 'stray-charge', `${intent.id} was charged for ${order.id}.`);
  }
}

/** A refund that was not made here is for the reconciliation to show. */
async function acceptOurs(deps: Deps, refund: ProviderRefund): Promise<void> {
  const { orderId, refundId } = refund;
  if (orderId === null || refundId === null) return;
  if (await deps.refunds.find(orderId, refundId)) await acceptRefund(deps, orderId, refund);
}

async function askForRefunds(deps: Deps, orderId: string): Promise<void> {
  const order = await deps.orders.find(orderId);
  if (!order?.intentId) return;
  const ours = await deps.refunds.of(orderId);
  if (!ours.some(({ state }) => state === 'pending')) return;
  const refunds = await deps.provider.listRefunds(order.intentId);
  if (refunds === 'unknown') {
    throw new AppError('unavailable', 'unavailable', 'The provider does not answer.', {
      retryAfterSeconds: 5,
    });
  }
  for (const refund of refunds) await acceptOurs(deps, refund);
}
