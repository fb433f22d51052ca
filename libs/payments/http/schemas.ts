import { AmountCents, Currency, Id } from '@triptych/events';
import { type Static, Type } from 'typebox';

const closed = { additionalProperties: false };

export const MoneySchema = Type.Object({ amountCents: AmountCents, currency: Currency }, closed);

export const PlaceOrderBody = Type.Object(
  {
    lines: Type.Array(
      Type.Object({ productId: Id, quantity: Type.Integer({ minimum: 1, maximum: 999 }) }, closed),
      { minItems: 1, maxItems: 40, description: 'Each product once.' },
    ),
    expectedTotal: MoneySchema,
    paymentMethod: Type.String({
      pattern: '^pm_[A-Za-z0-9_]{1,64}$',
      description: "The provider's name of a card; card data is never accepted.",
    }),
  },
  closed,
);

const State = Type.Enum(['placed', 'reserved', 'charging', 'confirmed', 'rejected', 'cancelled']);

export const OrderSchema = Type.Object({
  id: Id,
  state: State,
  reason: Type.Union([Type.String(), Type.Null()]),
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
  createdAt: Type.String(),
  updatedAt: Type.String(),
  history: Type.Array(Type.Object({ state: State, at: Type.String() })),
});
export type OrderView = Static<typeof OrderSchema>;

/**
 * Documented as an order; sent as the stored text, so that a repeated request gets the same bytes.
 */
export const StoredOrderSchema = Type.Unsafe<string>(OrderSchema);

export const BalanceSchema = Type.Object({
  accounts: Type.Array(
    Type.Object({ account: Type.String(), currency: Currency, balanceCents: Type.Integer() }),
  ),
  sumCents: Type.Record(Type.String(), Type.Integer()),
});

export const ReceivedSchema = Type.Object({ received: Type.Literal(true) });
