import { chargeLimits } from '@triptych/events';
import { AppError } from '@triptych/platform/errors';
import type {
  CreateAnswer,
  Intent,
  IntentAnswer,
  PaymentProvider,
  ProviderRefund,
  ProviderStatement,
  RefundAnswer,
} from '../core/index.ts';
import { providerRecords } from './provider-records.ts';

/**
 * How a call ends. `lost-before`: it does not arrive. `lost-after`: it is carried out, but its answer
 * is lost. `stored-fault`: it is answered with a fault, which is replayed for its idempotency key.
 */
export type CallOutcome = 'answered' | 'lost-before' | 'lost-after' | 'stored-fault';

export type ProviderCall =
  | 'create'
  | 'confirm'
  | 'retrieve'
  | 'cancel'
  | 'refund'
  | 'list'
  | 'statement';

/** The provider's records, open to assertions and changes. */
export interface FakeProvider extends PaymentProvider, ProviderStatement {
  intents: Map<string, Intent>;
  refunds: ProviderRefund[];
  calls: ProviderCall[];
}

interface Idempotency {
  readonly key: string;
  readonly parameters: object;
}

interface Call<A> extends Partial<Idempotency> {
  readonly name: ProviderCall;
  /** The answer to the shop if the provider's answer is lost. */
  readonly lost: A;
  /** The answer to the shop if the provider answers with a fault. */
  readonly fault: A;
  work(): A;
}

const LOST_CREATION = {
  lost: { kind: 'unknown', keySpent: false },
  fault: { kind: 'unknown', keySpent: true },
} as const;

/**
 * An in-memory provider with Stripe's idempotency and the cards of test-cards.ts. It satisfies the
 * same contract as Stripe's adapter with the simulator.
 * @param outcomeOf decides how each call ends
 */
export function fakeProvider(
  outcomeOf: (call: ProviderCall) => Promise<CallOutcome>,
  nowMs: () => number = () => 0,
): FakeProvider {
  const records = providerRecords(nowMs);
  const stored = new Map<string, { parameters: string; answer: unknown }>();
  const calls: ProviderCall[] = [];

  async function call<A>({ name, key, parameters, lost, fault, work }: Call<A>): Promise<A> {
    calls.push(name);
    const outcome = await outcomeOf(name);
    if (outcome === 'lost-before') return lost;
    const earlier = key === undefined ? undefined : stored.get(key);
    if (earlier && earlier.parameters !== JSON.stringify(parameters)) return lost;
    const answer = earlier
      ? (earlier.answer as A)
      : structuredClone(outcome === 'stored-fault' ? fault : work());
    if (key !== undefined && !isRefused(answer)) {
      stored.set(key, { parameters: JSON.stringify(parameters), answer });
    }
    return outcome === 'lost-after' ? lost : answer;
  }
  const ask = (name: ProviderCall, work: () => IntentAnswer, idempotency?: Idempotency) =>
    call<IntentAnswer>({ name, lost: 'unknown', fault: 'unknown', work, ...idempotency });

  return {
    intents: records.intents,
    refunds: records.refunds,
    calls,
    chargeLimits,
    createIntent: (request) =>
      call<CreateAnswer>({
        ...LOST_CREATION,
        name: 'create',
        key: `create-${request.orderId}-${request.attempt}`,
        parameters: request,
        work: () => records.create(request),
      }),
    confirmIntent: (intentId, key) =>
      ask('confirm', () => records.confirm(intentId), { key, parameters: { intentId } }),
    retrieveIntent: (intentId) => ask('retrieve', () => records.retrieve(intentId)),
    cancelIntent: (intentId) => ask('cancel', () => records.cancel(intentId)),
    createRefund: (request) =>
      call<RefundAnswer>({
        ...LOST_CREATION,
        name: 'refund',
        key: `refund-${request.refundId}-${request.attempt}`,
        parameters: request,
        work: () => records.refund(request),
      }),
    listRefunds: (intentId) =>
      call<readonly ProviderRefund[] | 'unknown'>({
        name: 'list',
        lost: 'unknown',
        fault: 'unknown',
        work: () => records.refundsOf(intentId),
      }),
    async *statement(sinceMs) {
      calls.push('statement');
      if ((await outcomeOf('statement')) !== 'answered') throw noStatement();
      yield* records.statement(sinceMs);
    },
  };
}

/** A refused request was never carried out, so its answer is not stored. */
const isRefused = (answer: unknown) => (answer as { kind?: string }).kind === 'refused';

function noStatement(): AppError {
  const detail = 'The provider does not return its statement.';
  return new AppError('unavailable', 'unavailable', detail, { retryAfterSeconds: 30 });
}
