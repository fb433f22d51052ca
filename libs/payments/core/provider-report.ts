import { AppError } from '@triptych/platform/errors';
import { chargeOutcome } from './charge-outcome.ts';
import { driveOrder } from './drive-order.ts';
import type { Clock, HandledReports, Intent, Orders } from './ports.ts';
import { timestamp } from './timestamp.ts';

/**
 * A verified message from the provider. Without an intent it is about something that payments does
 * not follow.
 */
export interface ProviderReport {
  readonly eventId: string;
  readonly intent: Intent | null;
}

interface Deps {
  orders: Orders;
  reports: HandledReports;
  clock: Clock;
}

/**
 * Settles an order by the provider's own word, each event once. It is marked as handled after the
 * order is settled: a crash in between means that it is handled again, which changes nothing.
 * @throws AppError internal `stray-charge` when money was taken that no confirmed order accounts
 *   for
 */
export async function acceptReport(deps: Deps, report: ProviderReport): Promise<void> {
  if (await deps.reports.has(report.eventId)) return;
  if (report.intent !== null) await settle(deps, report.intent);
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
