import type {
  CreateAnswer,
  CreateIntent,
  CreateRefund,
  Intent,
  IntentAnswer,
  PaymentProvider,
  ProviderRefund,
  ProviderStatement,
  RefundAnswer,
} from '../core/index.ts';

/**
 * How one call goes: lost before or after it is carried out, or answered with a fault that its key
 * replays for ever.
 */
export type Weather = 'fine' | 'lost-before' | 'lost-after' | 'stored-fault';

/** The provider's own truth, open to assertions. */
export interface FakeProvider extends PaymentProvider, ProviderStatement {
  intents: Map<string, Intent>;
  refunds: ProviderRefund[];
  calls: string[];
}

/**
 * A provider with Stripe's idempotency. `pm_declined` is declined, `pm_unknown` refused, all else
 * succeeds.
 */
export function fakeProvider(
  weather: (call: string) => Promise<Weather>,
  nowMs: () => number = () => 0,
): FakeProvider {
  const intents = new Map<string, Intent>();
  const refunds: ProviderRefund[] = [];
  const stored = new Map<string, unknown>();
  const paymentMethods = new Map<string, string>();
  const calls: string[] = [];

  async function call<A>(
    name: string,
    key: string | null,
    lost: A,
    fault: A,
    work: () => A,
  ): Promise<A> {
    calls.push(name);
    const sky = await weather(name);
    if (sky === 'lost-before') return lost;
    if (key !== null && stored.has(key)) {
      return sky === 'lost-after' ? lost : (stored.get(key) as A);
    }
    const answer = sky === 'stored-fault' ? fault : work();
    if (key !== null) stored.set(key, answer);
    return sky === 'lost-after' ? lost : structuredClone(answer);
  }

  function change(intentId: string, to: (intent: Intent) => Intent['status']): IntentAnswer {
    const intent = intents.get(intentId);
    if (!intent) return 'unknown';
    const changed = intent.status === 'open' ? { ...intent, status: to(intent) } : intent;
    intents.set(intentId, changed);
    return changed;
  }

  function create({ orderId, attempt, amount, paymentMethod }: CreateIntent): CreateAnswer {
    if (paymentMethod === 'pm_unknown') return { kind: 'refused', code: 'resource_missing' };
    const intent: Intent = { id: `pi_${orderId}_${attempt}`, orderId, status: 'open', amount };
    intents.set(intent.id, intent);
    paymentMethods.set(intent.id, paymentMethod);
    return { kind: 'created', intent };
  }

  /** As at Stripe: never more than was taken, and `pm_pending` takes its time. */
  function refund({ orderId, refundId, intentId, amount }: CreateRefund): RefundAnswer {
    const paid = refunds
      .filter((other) => other.intentId === intentId && other.status !== 'failed')
      .reduce((cents, other) => cents + other.amount.amountCents, 0);
    const taken = intents.get(intentId);
    if (taken?.status !== 'succeeded' || paid + amount.amountCents > taken.amount.amountCents) {
      return { kind: 'refused', code: 'charge_already_refunded' };
    }
    const status = paymentMethods.get(intentId) === 'pm_pending' ? 'pending' : 'succeeded';
    const ids = { id: `re_${refunds.length + 1}`, intentId, orderId, refundId };
    const made: ProviderRefund = { ...ids, status, reason: null, amount };
    refunds.push(made);
    return { kind: 'created', refund: made };
  }

  const unknown = 'unknown' as IntentAnswer;
  return {
    intents,
    refunds,
    calls,
    createIntent: (request) =>
      call<CreateAnswer>(
        'create',
        `create-${request.orderId}-${request.attempt}`,
        { kind: 'unknown', keySpent: false },
        { kind: 'unknown', keySpent: true },
        () => create(request),
      ),
    confirmIntent: (intentId, key) =>
      call('confirm', key, unknown, unknown, () =>
        change(intentId, () =>
          paymentMethods.get(intentId) === 'pm_declined' ? 'declined' : 'succeeded',
        ),
      ),
    retrieveIntent: (intentId) =>
      call('retrieve', null, unknown, unknown, () => intents.get(intentId) ?? 'unknown'),
    cancelIntent: (intentId) =>
      call('cancel', null, unknown, unknown, () => change(intentId, () => 'cancelled')),
    createRefund: (request) =>
      call<RefundAnswer>(
        'refund',
        `refund-${request.refundId}-${request.attempt}`,
        { kind: 'unknown', keySpent: false },
        { kind: 'unknown', keySpent: true },
        () => refund(request),
      ),
    listRefunds: (intentId) =>
      call<readonly ProviderRefund[] | 'unknown'>('refunds', null, 'unknown', 'unknown', () =>
        refunds.filter((made) => made.intentId === intentId),
      ),
    async *statement() {
      for (const { id, orderId, status, amount } of intents.values()) {
        if (status !== 'succeeded') continue;
        yield { kind: 'charge', intentId: id, orderId, amount, atMs: nowMs() };
      }
      for (const made of refunds) yield { kind: 'refund', ...made, atMs: nowMs() };
    },
  };
}
