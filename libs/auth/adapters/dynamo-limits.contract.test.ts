import { setTimeout as sleep } from 'node:timers/promises';
import {
  type DynamoDBClient,
  GetItemCommand,
  ScanCommand,
  type UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { dynamo } from '@triptych/platform/aws';
import { type DataPlane, enterDataPlane } from '@triptych/platform/testing/data-plane';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ATTEMPT_RULES, type AttemptRules } from '../core/index.ts';
import { attemptLimitsContract } from '../testing/attempt-limits-contract.ts';
import { dynamoLimits } from './dynamo-limits.ts';

/** Generous, so that a slow machine causes no rejections: the tests check counts, not speed. */
const TIMEOUT_MS = 20_000;

const mara = { email: 'mara@example.com', address: '203.0.113.7' };
let plane: DataPlane;
let tables = 0;

beforeAll(async () => {
  plane = await enterDataPlane();
});
afterAll(() => plane.stop());

async function newTable(): Promise<string> {
  tables += 1;
  return plane.createTable({ name: `limits-${tables}`, limits: true });
}

const limitsOn = (table: string, rules: AttemptRules = ATTEMPT_RULES) =>
  dynamoLimits({ client: dynamo(), table, rules, timeoutMs: TIMEOUT_MS });

attemptLimitsContract('DynamoDB', async (rules) => {
  const table = await newTable();
  // Timers may fire early by a fraction of a millisecond.
  const elapse = (seconds: number) => sleep(seconds * 1000 + 10);
  return { connect: () => limitsOn(table, rules), elapse };
});

describe('the limits table', () => {
  it('contains no e-mail or network address in plain text, and its items expire', async () => {
    const table = await newTable();
    await limitsOn(table).count(mara);
    const { Items = [] } = await dynamo().send(new ScanCommand({ TableName: table }));
    expect(Items).toHaveLength(2);
    expect(JSON.stringify(Items)).not.toMatch(/mara|203\.0/);
    const [item] = Items;
    const { Item } = await dynamo().send(
      new GetItemCommand({ TableName: table, Key: { key: item?.key ?? { S: '' } } }),
    );
    expect(Number(Item?.expire?.N)).toBeGreaterThan(Date.now() / 1000);
  });

  it('allows no attempt when it fails', async () => {
    await expect(limitsOn('no-such-table').count(mara)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('reports a time-out of the first update as a time-out', async () => {
    const working = dynamo();
    let calls = 0;
    const send = (command: UpdateItemCommand) => {
      calls += 1;
      return calls === 1 ? Promise.reject(AbortSignal.abort().reason) : working.send(command);
    };
    const client = { send } as unknown as DynamoDBClient;
    const limits = dynamoLimits({ client, table: await newTable(), rules: ATTEMPT_RULES });
    await expect(limits.count(mara)).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(calls).toBe(2);
  });
});
