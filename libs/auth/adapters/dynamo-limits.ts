/// <reference path="./rate-limiter-dynamo.d.ts" />
import { createHash } from 'node:crypto';
import {
  ConditionalCheckFailedException,
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
  /** The library requires the hash key `key` and the TTL attribute `expire`. */
  readonly table: string;
  readonly rules: AttemptRules;
  /**
   * The limit for each call to the table; the default is 2 s. A log-in waits for two counters and
   * fails without them, so it must fail fast.
   */
  readonly timeoutMs?: number;
}

const DEFAULT_TIMEOUT_MS = 2_000;

/**
 * Counts failed log-ins in DynamoDB: one counter per account and network and one per account, each
 * with a fixed window. The counters apply across processes. Keys are digests, so the table contains
 * no e-mail address and no network address. If the table is unavailable, no log-in is possible,
 * because a limit that opens under load would not be a limit.
 */
export function dynamoLimits(options: Options): AttemptLimits {
  let loaded: ReturnType<typeof loadCounters> | undefined;
  const counters = () => {
    loaded ??= loadCounters(options);
    return loaded;
  };
  return {
    /** @throws AppError too-many `too-many-attempts` */
    async count(attempt) {
      const { perNetwork, perAccount } = await counters();
      // This order matters: attempts rejected for one network must not use up the account's total.
      await take(perNetwork, networkKey(attempt));
      await take(perAccount, accountKey(attempt));
    },

    async recordSuccess(attempt) {
      const { perNetwork, perAccount } = await counters();
      await Promise.all([
        // Set to zero, not deleted: the library fails if an item disappears while it counts.
        perNetwork.set(networkKey(attempt), 0, options.rules.windowSeconds),
        perAccount.reward(accountKey(attempt), 1),
      ]);
    },
  };
}

async function loadCounters({ client, table, rules, timeoutMs = DEFAULT_TIMEOUT_MS }: Options) {
  // Only this file of the library: its index loads the stores for twenty databases.
  const { default: RateLimiter } = await import('rate-limiter-flexible/lib/RateLimiterDynamo.js');
  const updateItem = (input: UpdateItemCommandInput) =>
    client.send(new UpdateItemCommand(input), { abortSignal: AbortSignal.timeout(timeoutMs) });
  const counter = (keyPrefix: string, points: number): RateLimiterDynamo =>
    new RateLimiter({
      storeClient: { updateItem },
      tableName: table,
      // The template creates and configures the table; the library must not.
      tableCreated: true,
      ttlSet: true,
      keyPrefix,
      points,
      duration: rules.windowSeconds,
    });
  return {
    perNetwork: counter('account-and-network', rules.perAccountAndAddress),
    perAccount: counter('account', rules.perAccount),
  };
}

/** @throws AppError too-many `too-many-attempts` */
async function take(counter: RateLimiterDynamo, key: string): Promise<void> {
  try {
    await counter.consume(key);
  } catch (thrown) {
    // The library rejects with a result when the limit is exceeded, and with an Error when the
    // table fails.
    if (thrown instanceof ConditionalCheckFailedException) throw uncounted(thrown);
    if (thrown instanceof Error) throw thrown;
    throw tooManyAttempts(Math.ceil((thrown as RateLimiterRes).msBeforeNext / 1000));
  }
}

/**
 * Each count is two conditional updates: the first one starts a window, the second one counts in a running window. The library
 * (rate-limiter-flexible 11.4.0) makes the second one after any error of the first. After a time-out there may be no window yet.
 * Then only the second update's failed condition reaches us, although the table did not answer in time.
 */
function uncounted(cause: ConditionalCheckFailedException): Error {
  const error = new Error('The log-in counter could not be updated', { cause });
  return Object.assign(error, { name: 'TimeoutError' });
}

function accountKey({ email }: Attempt): string {
  return createHash('sha256').update(email).digest('base64url');
}

function networkKey({ email, address }: Attempt): string {
  return createHash('sha256')
    .update(`${email}\n${networkOf(address)}`)
    .digest('base64url');
}
