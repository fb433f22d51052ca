import { AppError } from '@triptych/platform/errors';
import { acceptRefund } from './accept-refund.ts';
import { chargeOutcome } from './charge-outcome.ts';
import { driveOrder } from './drive-order.ts';
import type {
  Clock,
  HandledReports,
  Intent,
  Orders,
  PaymentProvider,
  ProviderRefund,
  Refunds,
} from './ports.ts';
import { timestamp } from './timestamp.ts';

/**
 * How long a handled event is remembered. Longer than any redelivery: Stripe retries for 3 days, and
 * a redriven queue keeps messages for another 14.
 */
export const REPORT_TTL_MS = 30 * 24 * 60 * 60 * 1000;

/** A verified webhook from the provider. It has no optional part if its type is not handled. */
export interface ProviderReport {
  readonly eventId: string;
  readonly intent?: Intent;
  readonly refund?: ProviderRefund;
  /** An order of which some amount was refunded. The event does not say which refund. */
  readonly refundedOrderId?: string;
}

interface Deps {
  orders: Orders;
  refunds: Refunds;
  reports: HandledReports;
  provider: PaymentProvider;
  clock: Clock;
}

/**
 * Settles an order or a refund from a webhook. Each event is handled once. It is recorded as handled
 * afterwards; after a crash in between, it is handled again, which changes nothing.
 * @throws AppError internal `stray-charge` when money was taken and the order is not confirmed,
 *   internal `amount-differs`, unavailable `unavailable` when the provider must be asked and does
 *   not answer, not-found `not-found`, conflict `order-busy`
 */
export async function acceptReport(deps: Deps, report: ProviderReport): Promise<void> {
  if (await deps.reports.has(report.eventId)) return;
  if (report.intent) await acceptIntent(deps, report.intent);
  if (report.refund) await acceptOwnRefund(deps, report.refund);
  if (report.refundedOrderId) await acceptRefundsOf(deps, report.refundedOrderId);
  await deps.reports.add(report.eventId);
}

async function acceptIntent({ orders, clock }: Deps, intent: Intent): Promise<void> {
  const order = intent.orderId === null ? undefined : await orders.find(intent.orderId);
  if (order?.intentId === intent.id) {
    await driveOrder(orders, order.id, async (current) =>
      chargeOutcome(current, intent, timestamp(clock)),
    );
  }
  if (intent.status !== 'succeeded' || order === undefined) return;
  const settled = await orders.find(order.id);
  if (settled?.state !== 'confirmed' || settled.intentId !== intent.id) {
    const detail = `${intent.id} took money for order ${order.id}, which it does not confirm.`;
    throw new AppError('internal', 'stray-charge', detail);
  }
}

/** Ignores a refund that was not made by this shop. Reconciliation reports it. */
async function acceptOwnRefund(deps: Deps, reported: ProviderRefund): Promise<void> {
  const { orderId, refundId } = reported;
  if (orderId === null || refundId === null) return;
  if (await deps.refunds.find(orderId, refundId)) {
    await acceptRefund(deps, { orderId, refundId, reported });
  }
}

async function acceptRefundsOf(deps: Deps, orderId: string): Promise<void> {
  const order = await deps.orders.find(orderId);
  if (!order?.intentId) return;
  const own = await deps.refunds.of(orderId);
  if (!own.some(({ state }) => state === 'pending')) return;
  const refunds = await deps.provider.listRefunds(order.intentId);
  if (refunds === 'unknown') {
    throw new AppError('unavailable', 'unavailable', 'The provider does not answer.', {
      retryAfterSeconds: 5,
    });
  }
  for (const refund of refunds) await acceptOwnRefund(deps, refund);
}
