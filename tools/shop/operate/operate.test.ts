import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { localAws } from '@triptych/base/local-aws';
import { QUEUE_IDS } from '@triptych/context-map';
import { type LocalCloud, startDataPlane, startLocalCloud } from '@triptych/local-cloud';
import {
  PROVIDER_KEY,
  type RunningSimulator,
  startSimulator,
} from '@triptych/payment-simulator/testing';
import { stripeProvider } from '@triptych/payments/adapters';
import { Secret } from '@triptych/platform/config';
import type { DataPlane } from '@triptych/platform/testing/data-plane';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reconcileVariant } from './reconcile-variant.ts';
import { parseQueue, redriveQueue } from './redrive-queue.ts';

const state = 'triptych-serverless-state';
const provider = 'triptych-serverless-provider';
let root: string;
let cloud: LocalCloud;
let plane: DataPlane;
let simulator: RunningSimulator;
let sqs: SQSClient;

const keys = (hash: string, range: string) => [
  { AttributeName: hash, KeyType: 'HASH' },
  { AttributeName: range, KeyType: 'RANGE' },
];
const stateTemplate = {
  Resources: {
    Table: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        AttributeDefinitions: ['pk', 'sk', 'gsi1pk', 'gsi1sk'].map((AttributeName) => ({
          AttributeName,
          AttributeType: 'S',
        })),
        KeySchema: keys('pk', 'sk'),
        GlobalSecondaryIndexes: [
          {
            IndexName: 'gsi1',
            KeySchema: keys('gsi1pk', 'gsi1sk'),
            Projection: { ProjectionType: 'ALL' },
          },
        ],
        BillingMode: 'PAY_PER_REQUEST',
      },
    },
    Key: { Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: PROVIDER_KEY } },
    Dead: { Type: 'AWS::SQS::Queue', Properties: {} },
    Queue: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        RedrivePolicy: {
          deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] },
          maxReceiveCount: 1,
        },
      },
    },
  },
  Outputs: {
    PaymentsTableName: { Value: { Ref: 'Table' } },
    ProviderKeyArn: { Value: { Ref: 'Key' } },
    PaymentsQueueUrl: { Value: { Ref: 'Queue' } },
  },
};

beforeAll(async () => {
  plane = await startDataPlane();
  simulator = await startSimulator(plane);
  const providerTemplate = {
    Resources: { Dead: { Type: 'AWS::SQS::Queue', Properties: {} } },
    Outputs: { ProviderUrl: { Value: `${simulator.url}/` } },
  };
  root = await mkdtemp(join(tmpdir(), 'operate-'));
  const artifacts: Record<string, object> = {};
  for (const [name, template] of [
    [state, stateTemplate],
    [provider, providerTemplate],
  ] as const) {
    const templateFile = `${name}.template.json`;
    artifacts[name] = { type: 'aws:cloudformation:stack', properties: { templateFile } };
    await writeFile(join(root, templateFile), JSON.stringify(template));
  }
  await writeFile(join(root, 'manifest.json'), JSON.stringify({ artifacts }));
  cloud = await startLocalCloud({ root });
  await cloud.deploy(root);
  sqs = new SQSClient(localAws(cloud.endpointUrl));
});
afterAll(async () => {
  sqs.destroy();
  await cloud.stop();
  await simulator.stop();
  await plane.stop();
  await rm(root, { recursive: true });
});

const target = () => ({ variant: 'serverless' as const, endpointUrl: cloud.endpointUrl });

describe('reconcileVariant', () => {
  it('finds table, key and provider in the stacks, and reports a charge that is not booked', async () => {
    expect(await reconcileVariant({ ...target(), days: 2 })).toEqual([]);
    const stripe = stripeProvider({ url: simulator.url, key: new Secret(PROVIDER_KEY) });
    const made = await stripe.createIntent({
      orderId: 'o1',
      attempt: 1,
      amount: { amountCents: 500, currency: 'usd' },
      paymentMethod: 'pm_card_visa',
    });
    if (made.kind !== 'created') throw new Error('no intent was made');
    await stripe.confirmIntent(made.intent.id, 'confirm');
    expect(await reconcileVariant({ ...target(), days: 2 })).toMatchObject([
      { code: 'charge-not-booked', orderId: 'o1', id: made.intent.id },
    ]);
  });

  it('names the stack of a variant that is not deployed', async () => {
    const reconciling = reconcileVariant({ ...target(), variant: 'hybrid', days: 2 });
    await expect(reconciling).rejects.toThrow('Cannot read stack triptych-hybrid-state');
  });
});

describe('redriveQueue', () => {
  it('moves its dead letters back and counts them', async () => {
    const { PaymentsQueueUrl: QueueUrl = '' } = cloud.outputs(state);
    const receive = (VisibilityTimeout: number) =>
      sqs.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout, MaxNumberOfMessages: 10 }));
    for (const MessageBody of ['one', 'two']) {
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    }
    expect((await receive(0)).Messages).toHaveLength(2);
    expect((await receive(0)).Messages ?? []).toEqual([]);
    expect(await redriveQueue({ ...target(), queue: 'payments' })).toEqual({
      moved: 2,
      done: true,
    });
    const received = await receive(30);
    expect(received.Messages?.map(({ Body }) => Body).toSorted()).toEqual(['one', 'two']);
    expect(await redriveQueue({ ...target(), queue: 'payments' })).toMatchObject({ moved: 0 });
  });

  it('lists the queue names when the name is unknown', () => {
    const names = Object.keys(QUEUE_IDS).join(', ');
    expect(() => parseQueue('orders')).toThrow(`Say which queue: ${names} (got "orders").`);
    expect(() => parseQueue(undefined)).toThrow(names);
  });
});
