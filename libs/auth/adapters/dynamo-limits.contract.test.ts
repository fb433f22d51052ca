import { GetItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { type DataPlane, enterDataPlane } from '@triptych/local-cloud';
import { dynamo } from '@triptych/platform/aws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AttemptLimits } from '../core/index.ts';
import { dynamoLimits } from './dynamo-limits.ts';

const rules = { perAccountAndAddress: 3, perAccount: 5, windowSeconds: 900 };
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

// What is counted is asked here, not how soon: a machine that stalls refuses nobody.
const limitsOn = (table: string) =>
  dynamoLimits({ client: dynamo(), table, rules, timeoutMs: 20_000 });
const from = (address: string) => ({ ...mara, address });

async function allowed(limits: AttemptLimits, attempts: (typeof mara)[]): Promise<number> {
  const outcomes = await Promise.allSettled(attempts.map((attempt) => limits.count(attempt)));
  return outcomes.filter(({ status }) => status === 'fulfilled').length;
}

describe('limits of log-ins in DynamoDB', () => {
  it('hold across processes, also for attempts at the same moment', async () => {
    const table = await newTable();
    const [one, other] = [limitsOn(table), limitsOn(table)];
    const counts = await Promise.all([
      allowed(
        one,
        Array.from({ length: 4 }, () => mara),
      ),
      allowed(
        other,
        Array.from({ length: 4 }, () => mara),
      ),
    ]);
    expect(counts[0] + counts[1]).toBe(rules.perAccountAndAddress);
  });

  it('refuse with the time that is left of the window', async () => {
    const limits = limitsOn(await newTable());
    expect(await allowed(limits, [mara, mara, mara])).toBe(3);
    const refusal = await limits.count(mara).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ kind: 'too-many', code: 'too-many-attempts' });
    const { retryAfterSeconds } = refusal as { retryAfterSeconds: number };
    expect(retryAfterSeconds).toBeGreaterThan(0);
    expect(retryAfterSeconds).toBeLessThanOrEqual(rules.windowSeconds);
  });

  it('end an account’s attempts from everywhere, but one address alone cannot use them up', async () => {
    const limits = limitsOn(await newTable());
    expect(
      await allowed(
        limits,
        Array.from({ length: 20 }, () => mara),
      ),
    ).toBe(3);
    expect(await allowed(limits, [from('192.0.2.1'), from('192.0.2.2')])).toBe(2);
    await expect(limits.count(from('192.0.2.3'))).rejects.toMatchObject({ kind: 'too-many' });
    await limits.count({ email: 'piet@example.com', address: mara.address });
  });

  it('take one IPv6 subscriber for one client', async () => {
    const limits = limitsOn(await newTable());
    const addresses = ['2001:db8::1', '2001:db8::2', '2001:db8::3', '2001:db8::4'];
    expect(await allowed(limits, addresses.map(from))).toBe(rules.perAccountAndAddress);
  });

  it('forget what was forgiven', async () => {
    const limits = limitsOn(await newTable());
    for (let round = 0; round < 4; round += 1) {
      await limits.count(mara);
      await limits.count(mara);
      await limits.forgive(mara);
      // The attempt that failed still counts for the account as a whole.
      if (round === 3) await expect(limits.count(mara)).resolves.toBeUndefined();
    }
    await expect(limits.count(from('192.0.2.1'))).rejects.toMatchObject({ kind: 'too-many' });
  });

  it('keep neither e-mail nor address in clear, and let the table remove what is over', async () => {
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

  it('let nobody through when the store fails', async () => {
    await expect(limitsOn('no-such-table').count(mara)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});
