import { describe, expect, it } from 'vitest';
import type { CallInput } from '../types.ts';
import { revealsMissing } from './index.ts';
import { ACCOUNT, HERE, needs, QUEUE, QueueUrl, STREAM, TABLE } from './testing/needs.ts';

describe('DynamoDB', () => {
  it.each<[string, CallInput, string[]]>([
    ['GetItem', { TableName: 'orders' }, [`dynamodb:GetItem on ${TABLE}`]],
    ['PutItem', { TableName: TABLE }, [`dynamodb:PutItem on ${TABLE}`]],
    ['Query', { TableName: 'orders' }, [`dynamodb:Query on ${TABLE}`]],
    [
      'Query',
      { TableName: 'orders', IndexName: 'gsi1' },
      [`dynamodb:Query on ${TABLE}/index/gsi1`],
    ],
    ['Scan', { TableName: 'orders', IndexName: 'gsi1' }, [`dynamodb:Scan on ${TABLE}/index/gsi1`]],
    [
      'BatchWriteItem',
      { RequestItems: { orders: [], stock: [] } },
      [
        `dynamodb:BatchWriteItem on ${TABLE}`,
        `dynamodb:BatchWriteItem on arn:aws:dynamodb:${HERE}:table/stock`,
      ],
    ],
    ['BatchGetItem', { RequestItems: { orders: {} } }, [`dynamodb:BatchGetItem on ${TABLE}`]],
    [
      'TransactGetItems',
      { TransactItems: [{ Get: { TableName: 'orders' } }, { Get: { TableName: 'orders' } }] },
      [`dynamodb:GetItem on ${TABLE}`],
    ],
    [
      'CreateTable',
      { TableName: 'orders', Tags: [] },
      [`dynamodb:CreateTable on ${TABLE}`, `dynamodb:TagResource on ${TABLE}`],
    ],
    ['ListTables', {}, ['dynamodb:ListTables on *']],
    ['DescribeStream', { StreamArn: STREAM }, [`dynamodb:DescribeStream on ${STREAM}`]],
    ['GetRecords', { ShardIterator: 'iterator-1' }, [`dynamodb:GetRecords on ${STREAM}`]],
    ['GetRecords', { ShardIterator: 'unknown' }, []],
  ])('%s of %j needs %j', (operation, input, expected) => {
    expect(needs('dynamodb', operation, input)).toEqual(expected);
  });

  it('needs the action of each part of a transaction on its table, and none for the whole', () => {
    const TransactItems = [
      { Put: { TableName: 'orders' } },
      { Update: { TableName: 'stock' } },
      { Delete: { TableName: 'orders' } },
      { ConditionCheck: { TableName: 'stock' } },
      { Put: { TableName: 'orders' } },
    ];
    const stock = `arn:aws:dynamodb:${HERE}:table/stock`;
    expect(needs('dynamodb', 'TransactWriteItems', { TransactItems })).toEqual([
      `dynamodb:PutItem on ${TABLE}`,
      `dynamodb:UpdateItem on ${stock}`,
      `dynamodb:DeleteItem on ${TABLE}`,
      `dynamodb:ConditionCheckItem on ${stock}`,
    ]);
  });
});

describe('S3', () => {
  const object = { Bucket: 'pictures', Key: 'a/b c.jpg' };
  const OBJECT = 'arn:aws:s3:::pictures/a/b c.jpg';
  const BUCKET = 'arn:aws:s3:::pictures';

  it.each<[string, CallInput, string[]]>([
    ['ListBuckets', {}, ['s3:ListAllMyBuckets on *']],
    ['HeadBucket', object, [`s3:ListBucket on ${BUCKET}`]],
    ['ListObjectsV2', object, [`s3:ListBucket on ${BUCKET}`]],
    ['GetObject', object, [`s3:GetObject on ${OBJECT}`]],
    ['HeadObject', object, [`s3:GetObject on ${OBJECT}`]],
    [
      'GetObjectAttributes',
      object,
      [`s3:GetObject on ${OBJECT}`, `s3:GetObjectAttributes on ${OBJECT}`],
    ],
    ['PutObject', object, [`s3:PutObject on ${OBJECT}`]],
    ['CreateMultipartUpload', object, [`s3:PutObject on ${OBJECT}`]],
    ['UploadPart', object, [`s3:PutObject on ${OBJECT}`]],
    ['CompleteMultipartUpload', object, [`s3:PutObject on ${OBJECT}`]],
    ['AbortMultipartUpload', object, [`s3:AbortMultipartUpload on ${OBJECT}`]],
    ['ListParts', object, [`s3:ListMultipartUploadParts on ${OBJECT}`]],
    ['ListMultipartUploads', object, [`s3:ListBucketMultipartUploads on ${BUCKET}`]],
    [
      'DeleteObjects',
      { Bucket: 'pictures', Delete: { Objects: [{ Key: 'a' }, { Key: 'b' }] } },
      [`s3:DeleteObject on ${BUCKET}/a`, `s3:DeleteObject on ${BUCKET}/b`],
    ],
  ])('%s of %j needs %j', (operation, input, expected) => {
    expect(needs('s3', operation, input)).toEqual(expected);
  });

  it.each(['CopyObject', 'UploadPartCopy'])('%s reads its source and writes its target', (call) => {
    const input = { ...object, CopySource: '/other/x%20y/z?versionId=1' };
    expect(needs('s3', call, input)).toEqual([
      's3:GetObject on arn:aws:s3:::other/x y/z',
      `s3:PutObject on ${OBJECT}`,
    ]);
    expect(revealsMissing('s3', call, input)).toEqual({
      action: 's3:ListBucket',
      resource: 'arn:aws:s3:::other',
    });
  });

  it.each(['GetObject', 'HeadObject', 'GetObjectAttributes'])(
    '%s reveals a missing object to those who may list the bucket',
    (call) => {
      const list = { action: 's3:ListBucket', resource: BUCKET };
      expect(revealsMissing('s3', call, object)).toEqual(list);
    },
  );

  it('reveals nothing by other calls', () => {
    expect(revealsMissing('s3', 'PutObject', object)).toBeUndefined();
    expect(revealsMissing('dynamodb', 'GetItem', object)).toBeUndefined();
  });
});

describe('SQS', () => {
  const REDRIVE = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];
  const DEAD = `arn:aws:sqs:${HERE}:dead`;

  it.each<[string, CallInput, string[]]>([
    ['SendMessageBatch', { QueueUrl }, [`sqs:SendMessage on ${QUEUE}`]],
    ['DeleteMessageBatch', { QueueUrl }, [`sqs:DeleteMessage on ${QUEUE}`]],
    ['ChangeMessageVisibilityBatch', { QueueUrl }, [`sqs:ChangeMessageVisibility on ${QUEUE}`]],
    ['ReceiveMessage', { QueueUrl: `/${ACCOUNT}/orders` }, [`sqs:ReceiveMessage on ${QUEUE}`]],
    ['GetQueueUrl', { QueueName: 'orders' }, [`sqs:GetQueueUrl on ${QUEUE}`]],
    [
      'CreateQueue',
      { QueueName: 'orders', tags: {} },
      [`sqs:CreateQueue on ${QUEUE}`, `sqs:TagQueue on ${QUEUE}`],
    ],
    ['ListQueues', {}, ['sqs:ListQueues on *']],
  ])('%s of %j needs %j', (operation, input, expected) => {
    expect(needs('sqs', operation, input)).toEqual(expected);
  });

  it('needs the actions of a redrive on both queues', () => {
    const onDead = ['sqs:StartMessageMoveTask', ...REDRIVE].map((action) => `${action} on ${DEAD}`);
    const other = `arn:aws:sqs:${HERE}:other`;
    const start = (input: CallInput) => needs('sqs', 'StartMessageMoveTask', input);
    expect(start({ SourceArn: DEAD })).toEqual([...onDead, `sqs:SendMessage on ${QUEUE}`]);
    expect(start({ SourceArn: DEAD, DestinationArn: other })).toEqual([
      ...onDead,
      `sqs:SendMessage on ${other}`,
    ]);
  });
});
