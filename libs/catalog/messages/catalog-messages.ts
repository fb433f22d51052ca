import {
  ImageAccepted,
  ImageRejected,
  OrderCancelled,
  OrderConfirmed,
  OrderPlaced,
  OrderRefunded,
} from '@triptych/events';
import { type MessageHandler, onEvent, routeMessages } from '@triptych/platform/queue';
import { span } from '@triptych/platform/telemetry';
import type { Catalog } from '../core/index.ts';

type UseCases = Pick<
  Catalog,
  'reserveStock' | 'commitReservation' | 'releaseReservation' | 'restock' | 'recordVerdict'
>;

/** Maps messages to use cases: the catalog's part of the checkout saga, and verdicts on uploads. */
export function catalogMessages(catalog: UseCases): MessageHandler {
  return routeMessages([
    onEvent(OrderPlaced, ({ data }) =>
      span(
        'catalog.reserve-stock',
        { orderId: data.orderId, lines: data.lines.length },
        async () => {
          await catalog.reserveStock(data);
        },
      ),
    ),
    onEvent(
      OrderConfirmed,
      ({ data: { orderId } }) =>
        span('catalog.commit-reservation', { orderId }, () => catalog.commitReservation(orderId)),
      ['orderId'],
    ),
    onEvent(
      OrderCancelled,
      ({ data: { orderId } }) =>
        span('catalog.release-reservation', { orderId }, () => catalog.releaseReservation(orderId)),
      ['orderId'],
    ),
    onEvent(
      OrderRefunded,
      ({ data }) =>
        span(
          'catalog.restock',
          { orderId: data.orderId, refundId: data.refundId, lines: data.restock.length },
          () => catalog.restock(data),
        ),
      ['orderId', 'refundId', 'restock'],
    ),
    onEvent(
      ImageAccepted,
      ({ data: { imageId } }) =>
        span('catalog.attach-image', { imageId }, () =>
          catalog.recordVerdict({ imageId, verdict: 'accepted' }),
        ),
      ['imageId'],
    ),
    onEvent(ImageRejected, ({ data: { imageId, code } }) =>
      span('catalog.reject-image', { imageId }, () =>
        catalog.recordVerdict({ imageId, verdict: { rejected: code } }),
      ),
    ),
  ]);
}
