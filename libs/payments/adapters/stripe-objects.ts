import { type Static, type TSchema, Type } from 'typebox';
import { Value } from 'typebox/value';
import type { Money } from '../core/index.ts';

const Id = Type.String({ minLength: 1 });
const Metadata = Type.Record(Type.String(), Type.String());
const Text = Type.Optional(Type.Union([Type.String(), Type.Null()]));
/** An id, or the whole object if Stripe has expanded it. */
const Reference = Type.Union([Id, Type.Object({ id: Id }), Type.Null()]);

const DECIDED = ['succeeded', 'canceled', 'processing'];
const OPEN = ['requires_confirmation', 'requires_action', 'requires_capture'];

/** The fields of a PaymentIntent that this shop reads: https://docs.stripe.com/api/payment_intents/object */
export const IntentObject = Type.Object({
  object: Type.Literal('payment_intent'),
  id: Id,
  status: Type.Enum([...DECIDED, ...OPEN, 'requires_payment_method']),
  amount: Type.Integer(),
  currency: Type.String({ pattern: '^[a-z]{3}$' }),
  metadata: Metadata,
  cancellation_reason: Text,
  last_payment_error: Type.Optional(
    Type.Union([Type.Object({ code: Text, decline_code: Text }), Type.Null()]),
  ),
});
export type IntentObject = Static<typeof IntentObject>;

/** The fields of a Refund that this shop reads: https://docs.stripe.com/api/refunds/object */
export const RefundObject = Type.Object({
  object: Type.Literal('refund'),
  id: Id,
  status: Type.Enum(['pending', 'requires_action', 'succeeded', 'failed', 'canceled']),
  amount: Type.Integer(),
  currency: Type.String({ pattern: '^[a-z]{3}$' }),
  payment_intent: Type.Optional(Reference),
  metadata: Type.Optional(Type.Union([Metadata, Type.Null()])),
  failure_reason: Text,
});
export type RefundObject = Static<typeof RefundObject>;

/** The fields of a Charge that this shop reads: https://docs.stripe.com/api/charges/object */
export const ChargeObject = Type.Object({
  object: Type.Literal('charge'),
  id: Id,
  status: Type.Enum(['succeeded', 'pending', 'failed']),
  amount: Type.Integer(),
  currency: Type.String({ pattern: '^[a-z]{3}$' }),
  created: Type.Integer(),
  payment_intent: Type.Optional(Reference),
  metadata: Metadata,
});

/** A page of a list: https://docs.stripe.com/api/pagination */
export const listOf = <T extends TSchema>(item: T) =>
  Type.Object({
    object: Type.Literal('list'),
    data: Type.Array(item),
    has_more: Type.Boolean(),
  });

/** A response that is not the requested object. The call may have been carried out. */
export class UnexpectedAnswer extends Error {
  readonly type = 'UnexpectedAnswer';
  readonly statusCode: number | undefined;
  readonly requestId: string | undefined;

  constructor(answer: unknown) {
    super('The provider answered with something other than the requested object.');
    this.name = 'UnexpectedAnswer';
    const { lastResponse } = (answer ?? {}) as {
      lastResponse?: { statusCode?: number; requestId?: string };
    };
    this.statusCode = lastResponse?.statusCode;
    this.requestId = lastResponse?.requestId;
  }
}

/**
 * Returns an answer of Stripe's SDK if it is the requested object. The SDK decides by the body alone
 * whether a call failed: JSON without an `error` member, as gateways write it, resolves with any
 * status.
 * @throws UnexpectedAnswer
 */
export function requested<T extends TSchema>(
  schema: T,
  answer: unknown,
  isRequested: (object: Static<T>) => boolean = () => true,
): Static<T> {
  if (Value.Check(schema, answer) && isRequested(answer as Static<T>)) return answer as Static<T>;
  throw new UnexpectedAnswer(answer);
}

/** The amount of an intent, a refund or a charge. */
export function moneyOf({ amount, currency }: { amount: number; currency: string }): Money {
  return { amountCents: amount, currency };
}

/** The id in a field that Stripe may have expanded to the whole object. */
export function idOf(value: string | { id: string } | null | undefined): string | null {
  return typeof value === 'string' ? value : (value?.id ?? null);
}
