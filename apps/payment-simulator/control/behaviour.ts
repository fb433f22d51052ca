import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import {
  type DynamoTable,
  epochSeconds,
  readUnexpiredItem,
  transact,
  updateItem,
} from '@triptych/platform/aws';
import { type Static, Type } from 'typebox';

/** Above the shop's time-out of 10 s, below the function's. */
const MAX_LATENCY_MS = 15_000;
const MAX_COUNT = 1_000;
/** A test that is killed must not leave the simulator broken. */
const TTL_MS = 10 * 60 * 1000;
/** Stored for `true`: until reset or expiry. */
const UNLIMITED = MAX_COUNT + 1;

export const OPERATIONS = ['create', 'confirm', 'retrieve', 'cancel', 'refund', 'list'] as const;
export type Operation = (typeof OPERATIONS)[number];

const FaultCount = Type.Union([Type.Boolean(), Type.Integer({ minimum: 0, maximum: MAX_COUNT })]);

/**
 * The simulator's faults; absent ones are off. A count affects that many requests, `true` all requests
 * for ten minutes.
 */
export const BehaviourSchema = Type.Object(
  {
    latencyMs: Type.Optional(Type.Integer({ minimum: 0, maximum: MAX_LATENCY_MS })),
    /** Carries the request out and never answers. */
    dropAnswers: Type.Optional(FaultCount),
    /** Answers 500, stored under the request's key, without carrying the request out. */
    failWith500: Type.Optional(FaultCount),
    /** Answers 503 in JSON that is not Stripe's, as a gateway does, without carrying the request out. */
    failAtGateway: Type.Optional(FaultCount),
    /** The affected operations; all if absent. */
    operations: Type.Optional(
      Type.Array(Type.Enum([...OPERATIONS]), { maxItems: OPERATIONS.length }),
    ),
  },
  { additionalProperties: false },
);
export type Behaviour = Static<typeof BehaviourSchema>;

type Fault = 'dropAnswers' | 'failWith500' | 'failAtGateway';

/** The behaviour for one request. */
export interface BehaviourNow {
  readonly latencyMs: number;
  /** True if the fault affects this request, which is then counted. */
  take(fault: Fault): Promise<boolean>;
}

export interface Behaviours {
  set(behaviour: Behaviour): Promise<void>;
  reset(): Promise<void>;
  now(operation: Operation): Promise<BehaviourNow>;
}

const KEY = { pk: 'BEHAVIOUR', sk: 'BEHAVIOUR' };
const countOf = (value: boolean | number | undefined) =>
  value === true ? UNLIMITED : Number(value ?? 0);

/** The behaviour as one item, `BEHAVIOUR` / `BEHAVIOUR`, so that all instances share it. */
export function dynamoBehaviours(of: DynamoTable & { clock: { now(): number } }): Behaviours {
  const { client, table, clock } = of;

  async function take(fault: string, left: number): Promise<boolean> {
    if (left <= 0 || left === UNLIMITED) return left > 0;
    const decrement = updateItem(table, KEY, {
      set: 'ADD #fault :minusOne',
      when: '#fault > :zero',
      values: { ':minusOne': -1, ':zero': 0 },
      names: { '#fault': fault },
    });
    return (await transact(client, [decrement])).committed;
  }

  return {
    async set({ latencyMs = 0, operations: only = OPERATIONS, ...faults }) {
      const item = {
        ...KEY,
        latencyMs,
        dropAnswers: countOf(faults.dropAnswers),
        failWith500: countOf(faults.failWith500),
        failAtGateway: countOf(faults.failAtGateway),
        operations: only.join(' '),
        expiresAt: epochSeconds(clock.now() + TTL_MS),
      };
      await client.send(new PutItemCommand({ TableName: table, Item: marshall(item) }));
    },

    async reset() {
      await client.send(new DeleteItemCommand({ TableName: table, Key: marshall(KEY) }));
    },

    async now(operation) {
      const item = await readUnexpiredItem(of, KEY, clock.now());
      if (!item?.operations.split(' ').includes(operation)) {
        return { latencyMs: 0, take: async () => false };
      }
      return { latencyMs: item.latencyMs, take: (fault) => take(fault, item[fault]) };
    },
  };
}
