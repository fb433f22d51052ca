import type { DocumentedRoute } from '@triptych/platform/http';
import { Type } from 'typebox';

/** The use case checks the key itself, because a missing and an invalid key have codes of their own. */
const IdempotencyKey = Type.Object({
  'Idempotency-Key': Type.String({
    minLength: 1,
    maxLength: 255,
    pattern: '^[\\x21-\\x7e]+$',
    examples: ['2f1c0a52-5d0e-4c39-9d2f-6f0f8f6f5a10'],
    description:
      'A new value for each new request, for example a UUID. Repeat it when you retry: the same key and body get the same response for 24 hours, without a second effect. The same key with another body gets 422.',
  }),
});
const KEY_ERRORS = ['idempotency-key-missing', 'idempotency-key-invalid'];

export const PLACE_ORDER: DocumentedRoute = {
  headers: IdempotencyKey,
  errors: {
    400: KEY_ERRORS,
    422: ['idempotency-key-reused', 'amount-too-small', 'amount-too-large'],
    503: ['idempotency-busy'],
  },
  responses: {
    202: {
      headers: {
        location: { description: 'The path of the order.', schema: { type: 'string' } },
      },
      links: {
        order: {
          operationId: 'findOrder',
          parameters: { orderId: '$response.body#/id' },
          description: 'Read the order until its state is final.',
        },
        cancellation: {
          operationId: 'cancelOrder',
          parameters: { orderId: '$response.body#/id' },
        },
      },
    },
  },
};

export const REQUEST_REFUND: DocumentedRoute = {
  headers: IdempotencyKey,
  errors: {
    400: KEY_ERRORS,
    404: ['not-found'],
    409: [
      'invalid-transition',
      'refund-exceeds-captured',
      'restock-exceeds-order',
      'too-many-refunds',
    ],
    422: ['idempotency-key-reused'],
    503: ['idempotency-busy'],
  },
};
