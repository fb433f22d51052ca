import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Grant } from './grants.ts';
import { type PermissionCloud, startPermissionCloud } from './testing/permission-cloud.ts';

let started: PermissionCloud;
let cloud: PermissionCloud['cloud'];
let dynamo: DynamoDBClient;

beforeAll(async () => {
  started = await startPermissionCloud();
  cloud = started.cloud;
  dynamo = started.client(new DynamoDBClient(started.as(started.reader)));
});
afterAll(() => started.stop());

const read = () => dynamo.send(new GetItemCommand({ TableName: 'items', Key: { pk: { S: 'a' } } }));

describe('rules', () => {
  it('reach only queues whose policy admits them', () => {
    const { fired, failures } = cloud.services.events.fireSchedules();
    expect(fired).toBe(2);
    expect(failures).toEqual([expect.stringContaining('closed')]);
    expect(failures[0]).toContain('sqs:sendmessage');
  });
});

describe('grants', () => {
  const grantOf = (policy: string, index = 0) =>
    cloud.grants().find((one) => one.policy === policy && one.index === index);

  it('count what each statement allowed, and show those that allowed nothing', async () => {
    await read();
    expect(grantOf('ReaderPolicy')).toMatchObject({
      kind: 'identity',
      stack: 'shop',
      actions: ['dynamodb:GetItem'],
      allowed: { 'dynamodb:GetItem': 1 },
    });
    expect(grantOf('ReaderPolicy', 2)).toMatchObject({ allowed: {} });
    expect(grantOf('Reader')).toMatchObject({
      kind: 'trust',
      allowed: { 'sts:AssumeRole': expect.any(Number) },
    });
    expect(grantOf('QueuePolicy')).toMatchObject({ allowed: { 'sqs:SendMessage': 1 } });
  });

  it('can be withdrawn and restored while the cloud runs', async () => {
    const statement = {
      kind: 'identity',
      stack: 'shop',
      policy: 'ReaderPolicy',
      index: 0,
    } as const;
    const withdrawn = cloud.withdraw(statement);
    await expect(read()).rejects.toThrow('dynamodb:GetItem');
    withdrawn.restore();
    await read();
    const action = cloud.withdraw(statement, 'dynamodb:GetItem');
    await expect(read()).rejects.toThrow('dynamodb:GetItem');
    action.restore();
    await read();
  });

  it('report the denials that a withdrawal causes, and no others', () => {
    const { kind, stack, policy, index } = grantOf('QueuePolicy') as Grant;
    const withdrawn = cloud.withdraw({ kind, stack, policy, index });
    const { failures } = cloud.services.events.fireSchedules();
    expect(failures).toHaveLength(2);
    expect(withdrawn.denials()).toEqual([expect.stringContaining('admitted')]);
    withdrawn.restore();
    expect(cloud.services.events.fireSchedules().failures).toHaveLength(1);
  });
});
