/** How a task of the state machine ends: with a result, or with an error. */
export type TaskAnswer =
  | { readonly Return: unknown }
  | { readonly Throw: { readonly Error: string; readonly Cause: string } };

/** A way through the state machine, given what its tasks answer. */
export interface Scenario {
  readonly name: string;
  /** The answers to the attempts of each task, by its state. */
  readonly answers: Readonly<Record<string, readonly TaskAnswer[]>>;
  /** The states that the execution enters. */
  readonly states: readonly string[];
  readonly status: 'SUCCEEDED' | 'FAILED';
  /** JSON. */
  readonly output?: string;
}

/** Retries per task in the scenarios, instead of the half hour of the definition. */
export const SCENARIO_RETRIES = 1;

/** The response of Lambda to a step that returns `Payload`. */
const returns = (Payload: unknown): TaskAnswer => ({ Return: { StatusCode: 200, Payload } });
const resumed = (outcome: string): TaskAnswer => ({ Return: outcome });
const timedOut: TaskAnswer = { Throw: { Error: 'States.Timeout', Cause: 'no webhook' } };
const crash: TaskAnswer = { Throw: { Error: 'Runtime.ExitError', Cause: 'crashed' } };
const forGood = Array.from({ length: SCENARIO_RETRIES + 1 }, () => crash);
const reserved = returns({ kind: 'reserved', quote: { orderId: 'o1', totalCents: 1200 } });
const done = returns(null);

/** Every way through the state machine that differs in its states. */
export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'confirmed',
    answers: { ReserveStock: [reserved], ChargeOrder: [returns('confirmed')], CommitStock: [done] },
    states: ['ReserveStock', 'HowAnswered', 'ChargeOrder', 'HowEnded', 'CommitStock'],
    status: 'SUCCEEDED',
    output: '"confirmed"',
  },
  {
    name: 'rejected',
    answers: {
      ReserveStock: [returns({ kind: 'rejected', reason: 'out-of-stock' })],
      RejectOrder: [returns('rejected')],
    },
    states: ['ReserveStock', 'HowAnswered', 'RejectOrder'],
    status: 'SUCCEEDED',
    output: '"rejected"',
  },
  {
    name: 'declined',
    answers: {
      ReserveStock: [reserved],
      ChargeOrder: [returns('cancelled')],
      ReleaseStock: [done],
    },
    states: ['ReserveStock', 'HowAnswered', 'ChargeOrder', 'HowEnded', 'ReleaseStock'],
    status: 'SUCCEEDED',
    output: '"cancelled"',
  },
  {
    name: 'ended-early',
    answers: {
      ReserveStock: [returns({ kind: 'ended' })],
      SettleOrder: [returns('cancelled')],
      ReleaseStock: [done],
    },
    states: ['ReserveStock', 'HowAnswered', 'SettleOrder', 'HowEnded', 'ReleaseStock'],
    status: 'SUCCEEDED',
    output: '"cancelled"',
  },
  {
    name: 'resumed',
    answers: {
      ReserveStock: [reserved],
      ChargeOrder: [returns('open')],
      AwaitEnd: [resumed('confirmed')],
      CommitStock: [done],
    },
    states: [
      ...['ReserveStock', 'HowAnswered', 'ChargeOrder', 'HowEnded'],
      ...['AwaitEnd', 'HowEnded', 'CommitStock'],
    ],
    status: 'SUCCEEDED',
    output: '"confirmed"',
  },
  {
    name: 'ended-before-waiting',
    answers: {
      ReserveStock: [reserved],
      ChargeOrder: [returns('open'), returns('confirmed')],
      AwaitEnd: [{ Throw: { Error: 'OrderEnded', Cause: 'The order is confirmed.' } }],
      CommitStock: [done],
    },
    states: [
      ...['ReserveStock', 'HowAnswered', 'ChargeOrder', 'HowEnded', 'AwaitEnd', 'HowToAsk'],
      ...['ChargeOrder', 'HowEnded', 'CommitStock'],
    ],
    status: 'SUCCEEDED',
    output: '"confirmed"',
  },
  {
    name: 'settled-at-last',
    answers: {
      ReserveStock: [reserved],
      ChargeOrder: [1, 2, 3, 4].map(() => returns('open')),
      AwaitEnd: [1, 2, 3, 4, 5].map(() => timedOut),
      SettleOrder: [returns('open'), returns('cancelled')],
      ReleaseStock: [done],
    },
    states: [
      ...['ReserveStock', 'HowAnswered'],
      ...[1, 2, 3, 4].flatMap(() => ['ChargeOrder', 'HowEnded', 'AwaitEnd', 'HowToAsk']),
      ...['SettleOrder', 'HowEnded', 'AwaitEnd', 'HowToAsk', 'SettleOrder', 'HowEnded'],
      'ReleaseStock',
    ],
    status: 'SUCCEEDED',
    output: '"cancelled"',
  },
  {
    name: 'retried',
    answers: {
      ReserveStock: [crash, reserved],
      ChargeOrder: [crash, returns('confirmed')],
      CommitStock: [crash, done],
    },
    states: ['ReserveStock', 'HowAnswered', 'ChargeOrder', 'HowEnded', 'CommitStock'],
    status: 'SUCCEEDED',
    output: '"confirmed"',
  },
  {
    name: 'stock-fails-for-good',
    answers: {
      ReserveStock: forGood,
      SettleOrder: [returns('cancelled')],
      ReleaseStock: [done],
    },
    states: ['ReserveStock', 'SettleOrder', 'HowEnded', 'ReleaseStock'],
    status: 'SUCCEEDED',
    output: '"cancelled"',
  },
  {
    name: 'charge-fails-for-good',
    answers: {
      ReserveStock: [reserved],
      ChargeOrder: forGood,
      SettleOrder: [returns('confirmed')],
      CommitStock: [done],
    },
    states: [
      ...['ReserveStock', 'HowAnswered', 'ChargeOrder', 'SettleOrder', 'HowEnded'],
      'CommitStock',
    ],
    status: 'SUCCEEDED',
    output: '"confirmed"',
  },
  {
    name: 'compensation-fails-for-good',
    answers: { ReserveStock: forGood, SettleOrder: forGood },
    states: ['ReserveStock', 'SettleOrder'],
    status: 'FAILED',
  },
];
