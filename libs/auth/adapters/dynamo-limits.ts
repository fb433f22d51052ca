/// <reference path="./rate-limiter-dynamo.d.ts" />
import { createHash } from 'node:crypto';
import {
  type DynamoDBClient,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { RateLimiterDynamo, RateLimiterRes } from 'rate-limiter-flexible';
import {
  type Attempt,
  type AttemptLimits,
  type AttemptRules,
  tooManyAttempts,
} from '../core/index.ts';
import { networkOf } from './network-of.ts';

interface Options {
  readonly client: DynamoDBClient;
  /** Hash key `key`, expiry attribute `expire`: the library knows no other shape. */
  readonly table: string;
  readonly rules: AttemptRules;
  /** A log-in waits for two counters; without them it is refused, so it must not wait long: 2 s each unless told. */
  readonly timeoutMs?: number;
}

/** Counts failed log-ins in DynamoDB: one counter per account and network, one per account, each with a fixed window. */
export function dynamoLimits(options: Options): AttemptLimits {
  let counters: ReturnType<typeof makeCounters> | undefined;
  const made = () => {
    counters ??= makeCounters(options);
    return counters;
  };
  return {
    async count(attempt) {
      const { nearby, anywhere } = await made();
      // In this order: somebody who is refused here cannot use up what the account's owner has elsewhere.
      await take(nearby, nearbyKey(attempt));
      await take(anywhere, accountKey(attempt));
    },

    async forgive(attempt) {
      const { nearby, anywhere } = await made();
      await Promise.all([
        // Set to none, not deleted: the library fails if an item goes while another attempt is counted.
        nearby.set(nearbyKey(attempt), 0, options.rules.windowSeconds),
        anywhere.reward(accountKey(attempt), 1),
      ]);
    },
  };
}

async function makeCounters({ client, table, rules, timeoutMs = 2_000 }: Options) {
  // Only this file of the library: its index loads the stores of twenty databases.
  const { default: RateLimiter } = await import('rate-limiter-flexible/lib/RateLimiterDynamo.js');
  const updateItem = (input: UpdateItemCommandInput) =>
    client.send(new UpdateItemCommand(input), { abortSignal: AbortSignal.timeout(timeoutMs) });
  const counter = (keyPrefix: string, points: number): RateLimiterDynamo =>
    new RateLimiter({
      storeClient: { updateItem },
      tableName: table,
      // The table is the template's: neither made nor changed from here.
      tableCreated: true,
      ttlSet: true,
      keyPrefix,
      points,
      duration: rules.windowSeconds,
    });
  return {
    nearby: counter('account-and-network', rules.perAccountAndAddress),
    anywhere: counter('account', rules.perAccount),
  };
}

async function take(counter: RateLimiterDynamo, key: string): Promise<void> {
  try {
    await counter.consume(key);
  } catch (refusal) {
    // The library rejects with a result when there were too many, and with the store's error when it is away.
    if (refusal instanceof Error) throw refusal;
    throw tooManyAttempts(Math.ceil((refusal as RateLimiterRes).msBeforeNext / 1000));
  }
}

/** Hashed, so that the table tells nobody who tried to log in from where. */
function accountKey({ email }: Attempt): string {
  return createHash('sha256').update(email).digest('base64url');
}

function nearbyKey({ email, address }: Attempt): string {
  return createHash('sha256')
    .update(`${email}\n${networkOf(address)}`)
    .digest('base64url');
}
