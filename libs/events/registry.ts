import type { ContextName } from '@triptych/context-map';
import { ImageAccepted, ImageRejected } from './images.ts';
import {
  OrderCancelled,
  OrderConfirmed,
  OrderPlaced,
  OrderRefunded,
  RefundRequested,
} from './orders.ts';
import { StockRejected, StockReserved } from './stock.ts';

export * from './images.ts';
export * from './orders.ts';
export * from './stock.ts';

/** Every event of the shop by type. Both publishers and consumers check events against these schemas. */
export const EVENT_DEFINITIONS = {
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

export type EventName = keyof typeof EVENT_DEFINITIONS;

/** The events that each context consumes. Infra derives the rules of the bus, so a queue receives no other events. */
export const SUBSCRIPTIONS = {
  auth: [],
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
} as const satisfies Record<ContextName, readonly EventName[]>;

/**
 * The events that the deadline queue delivers again after 15 minutes. By then the order or refund should be settled.
 */
export const DEADLINE_EVENTS = [
  'order.placed',
  'refund.requested',
] as const satisfies readonly EventName[];

/**
 * The events that a coordinator of the checkout replaces. They are published all the same, but no queue receives them
 * except the deadline queue: the coordinator calls the use cases instead (docs/decisions, "Three ways to coordinate").
 */
export const COORDINATED_EVENTS: readonly EventName[] = [
  'order.placed',
  'order.confirmed',
  'order.cancelled',
  'stock.reserved',
  'stock.rejected',
];

/** The body of the message with which a schedule makes payments reconcile its ledger with the provider. */
export const RECONCILIATION = {
  source: 'triptych.schedule',
  'detail-type': 'Reconciliation',
  detail: {},
} as const;

/** The body of the message with which a schedule makes payments settle and report unfinished orders. */
export const UNFINISHED_ORDERS_CHECK = {
  source: 'triptych.schedule',
  'detail-type': 'Unfinished Orders',
  detail: {},
} as const;
