import { AmountCents, Currency, Id, MAX_ORDER_LINES, OrderLine } from '@triptych/events';
import { type Static, Type } from 'typebox';

const CLOSED = { additionalProperties: false };

export const MoneySchema = Type.Object({ amountCents: AmountCents, currency: Currency }, CLOSED);

const Timestamp = Type.String({ format: 'date-time', description: 'RFC 3339, UTC' });

const Line = Type.Object(OrderLine.properties, CLOSED);

export const PlaceOrderBody = Type.Object(
  {
    lines: Type.Array(Line, {
      minItems: 1,
      maxItems: MAX_ORDER_LINES,
      description: 'List each product only once.',
    }),
    expectedTotal: Type.Object(MoneySchema.properties, {
      ...CLOSED,
      description:
        'The sum of price × quantity of all lines, in the currency of the prices. If prices have changed, the order is rejected.',
    }),
    paymentMethod: Type.String({
      pattern: '^pm_[A-Za-z0-9_]{1,64}$',
      examples: ['pm_card_visa'],
      description:
        "The payment provider's id of a card. Card data is never accepted. The payment simulator knows the ids of Stripe's test cards.",
    }),
  },
  CLOSED,
);

/** Without a pattern: an invalid id gets the same answer as an unknown one. */
export const OrderParams = Type.Object({ orderId: Type.String() });

const State = Type.Enum(['placed', 'reserved', 'charging', 'confirmed', 'rejected', 'cancelled'], {
  description: '`confirmed`, `rejected` and `cancelled` are final.',
});

export const OrderSchema = Type.Object({
  id: Id,
  state: State,
  reason: Type.Union([Type.String(), Type.Null()]),
  providerCode: Type.Union([Type.String(), Type.Null()], {
    description:
      "The payment provider's own code for `reason`, such as `insufficient_funds` or `resource_missing`",
  }),
  lines: Type.Array(
    Type.Object({
      productId: Id,
      quantity: Type.Integer(),
      name: Type.Optional(Type.String()),
      unitPrice: Type.Optional(MoneySchema),
    }),
  ),
  expectedTotal: MoneySchema,
  total: Type.Union([MoneySchema, Type.Null()]),
  createdAt: Timestamp,
  updatedAt: Timestamp,
  history: Type.Array(Type.Object({ state: State, at: Timestamp })),
});
export type OrderView = Static<typeof OrderSchema>;

/**
 * Documented as an order, but sent as stored text, so that a repeated request gets the same bytes.
 */
export const StoredOrderSchema = Type.Unsafe<string>(OrderSchema);

export const OrdersQuery = Type.Object(
  {
    limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
    cursor: Type.Optional(Type.String({ maxLength: 400 })),
    accountId: Type.Optional(Id),
  },
  CLOSED,
);

export const OrdersSchema = Type.Object({
  items: Type.Array(OrderSchema),
  nextCursor: Type.Union([Type.String(), Type.Null()]),
});

export const RefundBody = Type.Object(
  {
    amountCents: Type.Integer({ minimum: 1, maximum: 99_999_999_99 }),
    restock: Type.Optional(
      Type.Array(Line, {
        maxItems: MAX_ORDER_LINES,
        description: 'Units that are for sale again. List each product only once.',
      }),
    ),
  },
  CLOSED,
);

export const RefundSchema = Type.Object({
  id: Id,
  orderId: Id,
  amountCents: AmountCents,
  currency: Currency,
  state: Type.Enum(['pending', 'succeeded', 'failed']),
  reason: Type.Union([Type.String(), Type.Null()]),
  restock: Type.Array(Type.Object({ productId: Id, quantity: Type.Integer() })),
  createdAt: Timestamp,
});
export type RefundView = Static<typeof RefundSchema>;

/** Like {@link StoredOrderSchema}. */
export const StoredRefundSchema = Type.Unsafe<string>(RefundSchema);

export const RefundsSchema = Type.Object({ items: Type.Array(RefundSchema) });

export const BalanceSchema = Type.Object({
  accounts: Type.Array(
    Type.Object({ account: Type.String(), currency: Currency, balanceCents: Type.Integer() }),
  ),
  sumCents: Type.Record(Type.String(), Type.Integer()),
});

export const ReceivedSchema = Type.Object({ received: Type.Literal(true) });
