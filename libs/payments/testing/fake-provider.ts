import type {
  CreateAnswer,
  CreateIntent,
  Intent,
  IntentAnswer,
  PaymentProvider,
} from '../core/index.ts';

/**
 * How one call goes: lost before or after it is carried out, or answered with a fault that its key
 * replays for ever.
 */
export type Weather = 'fine' | 'lost-before' | 'lost-after' | 'stored-fault';

/** The provider's own truth, open to assertions. */
export interface FakeProvider extends PaymentProvider {
  intents: Map<string, Intent>;
  calls: string[];
}

/**
 * A provider with Stripe's idempotency. `pm_declined` is declined, `pm_unknown` refused, all else
 * succeeds.
 */
export function fakeProvider(weather: (call: string) => Promise<Weather>): FakeProvider {
  const intents = new Map<string, Intent>();
  const stored = new Map<string, CreateAnswer | IntentAnswer>();
  const paymentMethods = new Map<string, string>();
  const calls: string[] = [];

  async function call<A extends CreateAnswer | IntentAnswer>(
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

  const unknown = 'unknown' as IntentAnswer;
  return {
    intents,
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
  };
}
