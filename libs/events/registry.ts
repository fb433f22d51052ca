import { ImageAccepted, ImageRejected } from './images.ts';
import {
  OrderCancelled,
  OrderConfirmed,
  OrderPlaced,
  OrderRefunded,
  RefundRequested,
} from './orders.ts';
import { StockRejected, StockReserved } from './stock.ts';

/** Every event of the shop, by name. The rules that feed the queues and the checks on receipt read this. */
export const eventDefinitions = {
  'order.placed': OrderPlaced,
  'order.confirmed': OrderConfirmed,
  'order.cancelled': OrderCancelled,
  'order.refunded': OrderRefunded,
  'refund.requested': RefundRequested,
  'stock.reserved': StockReserved,
  'stock.rejected': StockRejected,
  'image.accepted': ImageAccepted,
  'image.rejected': ImageRejected,
} as const;

export type EventName = keyof typeof eventDefinitions;

/** Which events each context listens to; infra turns this into rules, and only these reach its queue. */
export const subscriptions = {
  catalog: [
    'order.placed',
    'order.confirmed',
    'order.cancelled',
    'order.refunded',
    'image.accepted',
    'image.rejected',
  ],
  payments: ['stock.reserved', 'stock.rejected', 'refund.requested'],
  images: [],
} as const satisfies Record<string, readonly EventName[]>;

/** The events whose delayed copies are deadlines: by then an order or a refund should be settled. */
export const deadlineEvents = [
  'order.placed',
  'refund.requested',
] as const satisfies readonly EventName[];
