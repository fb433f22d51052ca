import type { MemberTable, RequestMembers } from '../endpoint/index.ts';

const ATTRIBUTE_VALUES = {
  values: { DataType: 'honoured', StringValue: 'honoured', BinaryValue: 'honoured' },
} as const;

const MESSAGE = {
  MessageBody: 'honoured',
  DelaySeconds: 'honoured',
  MessageAttributes: ATTRIBUTE_VALUES,
  MessageSystemAttributes: ATTRIBUTE_VALUES,
  MessageGroupId: 'honoured',
} as const satisfies RequestMembers;

const VISIBILITY = { ReceiptHandle: 'honoured', VisibilityTimeout: 'honoured' } as const;

const PAGE = { NextToken: 'honoured', MaxResults: 'honoured' } as const;

/** The request members that the local SQS supports. Any other member is an error. */
export const SQS_MEMBERS = {
  SendMessage: { QueueUrl: 'honoured', ...MESSAGE },
  SendMessageBatch: {
    QueueUrl: 'honoured',
    Entries: { members: { Id: 'honoured', ...MESSAGE } },
  },
  ReceiveMessage: {
    QueueUrl: 'honoured',
    AttributeNames: 'honoured',
    MessageSystemAttributeNames: 'honoured',
    MessageAttributeNames: 'honoured',
    MaxNumberOfMessages: 'honoured',
    VisibilityTimeout: 'honoured',
    WaitTimeSeconds: 'honoured',
  },
  DeleteMessage: { QueueUrl: 'honoured', ReceiptHandle: 'honoured' },
  DeleteMessageBatch: {
    QueueUrl: 'honoured',
    Entries: { members: { Id: 'honoured', ReceiptHandle: 'honoured' } },
  },
  ChangeMessageVisibility: { QueueUrl: 'honoured', ...VISIBILITY },
  ChangeMessageVisibilityBatch: {
    QueueUrl: 'honoured',
    Entries: { members: { Id: 'honoured', ...VISIBILITY } },
  },
  CreateQueue: {
    QueueName: 'honoured',
    Attributes: 'honoured',
    tags: { ignored: 'tags have no local effect' },
  },
  DeleteQueue: { QueueUrl: 'honoured' },
  SetQueueAttributes: { QueueUrl: 'honoured', Attributes: 'honoured' },
  GetQueueUrl: { QueueName: 'honoured', QueueOwnerAWSAccountId: 'honoured' },
  GetQueueAttributes: { QueueUrl: 'honoured', AttributeNames: 'honoured' },
  ListQueues: { QueueNamePrefix: 'honoured', ...PAGE },
  ListDeadLetterSourceQueues: { QueueUrl: 'honoured', ...PAGE },
  PurgeQueue: { QueueUrl: 'honoured' },
  StartMessageMoveTask: { SourceArn: 'honoured', DestinationArn: 'honoured' },
  ListMessageMoveTasks: { SourceArn: 'honoured', MaxResults: 'honoured' },
} as const satisfies MemberTable;
