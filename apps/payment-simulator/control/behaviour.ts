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

/** Longest latency: beyond the shop's own patience of 10 s, within a function's time. */
const MAX_LATENCY_MS = 15_000;
const MAX_COUNT = 1_000;
/** A test that dies must not leave the simulator broken. */
const KEPT_MS = 10 * 60 * 1000;
/** Stands for `true` in a counter: until reset or expiry. */
const UNLIMITED = MAX_COUNT + 1;

export const operations = ['create', 'confirm', 'retrieve', 'cancel', 'refund', 'list'] as const;
export type Operation = (typeof operations)[number];

const Times = Type.Union([Type.Boolean(), Type.Integer({ minimum: 0, maximum: MAX_COUNT })]);

/**
 * How the simulator misbehaves; what is not named is off. A count lasts that many requests, `true`
 * ten minutes.
 */
export const BehaviourSchema = Type.Object(
  {
    latencyMs: Type.Optional(Type.Integer({ minimum: 0, maximum: MAX_LATENCY_MS })),
    /** Carry the request out, then never answer. */
    dropAnswers: Type.Optional(Times),
    /**
     * Answer 500 without carrying the request out, and keep that answer under the request's key.
     */
    failWith500: Type.Optional(Times),
    /** Only these; all when absent. */
    operations: Type.Optional(
      Type.Array(Type.Enum([...operations]), { maxItems: operations.length }),
    ),
  },
  { additionalProperties: false },
);
export type Behaviour = Static<typeof BehaviourSchema>;

/** What holds for one request. */
export interface BehaviourNow {
  readonly latencyMs: number;
  /** Says whether this request is one of those to suffer, and counts it. */
  take(fault: 'dropAnswers' | 'failWith500'): Promise<boolean>;
}

export interface Behaviours {
  set(behaviour: Behaviour): Promise<void>;
  reset(): Promise<void>;
  now(operation: Operation): Promise<BehaviourNow>;
}

const key = { pk: 'BEHAVIOUR', sk: 'BEHAVIOUR' };
const timesOf = (value: boolean | number | undefined) =>
  value === true ? UNLIMITED : Number(value ?? 0);

/**
 * The behaviour as one item, `BEHAVIOUR` / `BEHAVIOUR`, so that it holds in every sandbox at once.
 */
export function dynamoBehaviours(of: DynamoTable & { clock: { now(): number } }): Behaviours {
  const { client, table, clock } = of;

  async function take(fault: string, left: number): Promise<boolean> {
    if (left <= 0 || left === UNLIMITED) return left > 0;
    const less = updateItem(table, key, {
      set: 'ADD #fault :less',
      when: '#fault > :zero',
      values: { ':less': -1, ':zero': 0 },
      names: { '#fault': fault },
    });
    return (await transact(client, [less])).committed;
  }

  return {
    async set({ latencyMs = 0, dropAnswers, failWith500, operations: only = operations }) {
      const item = {
        ...key,
        latencyMs,
        dropAnswers: timesOf(dropAnswers),
        failWith500: timesOf(failWith500),
        operations: only.join(' '),
        expiresAt: epochSeconds(clock.now() + KEPT_MS),
      };
      await client.send(new PutItemCommand({ TableName: table, Item: marshall(item) }));
    },

    async reset() {
      await client.send(new DeleteItemCommand({ TableName: table, Key: marshall(key) }));
    },

    async now(operation) {
      const item = await readUnexpiredItem(of, key, clock.now());
      if (!item?.operations.split(' ').includes(operation)) {
        return { latencyMs: 0, take: async () => false };
      }
      return { latencyMs: item.latencyMs, take: (fault) => take(fault, item[fault]) };
    },
  };
}
