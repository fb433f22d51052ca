import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { Grant, type IRole } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { IConstruct } from 'constructs';
import { acknowledgeKeys } from './acknowledge.ts';
import { keyOf } from './own-key.ts';
import { INDEX_NAME } from './tables.ts';

/**
 * A part of a service. A container is both parts in one process. As functions, `http` answers requests and `worker` handles
 * messages. Both load the same settings, so both get the variable. Only the part that uses the resource gets the permission.
 */
export type Part = 'http' | 'worker' | 'both';

/** A setting that names a resource, together with the permission to use it. Neither exists without the other. */
export interface Use {
  readonly name: string;
  /** The variable's value: a name, a URL, or the ARN of a secret. */
  readonly value: string;
  readonly secret?: ISecret;
  grantTo(grantee: IRole, part: Part): void;
}

/** A use whose variable has no name yet. */
interface Unnamed {
  as(name: string): Use;
}

type Statement = readonly [actions: readonly string[], resourceArns: readonly string[]];

function use(value: string, statements: (part: Part) => readonly Statement[]): Unnamed {
  return {
    as: (name) => ({
      name,
      value,
      grantTo(grantee, part) {
        for (const [actions, resourceArns] of statements(part)) {
          Grant.addToPrincipal({ grantee, actions: [...actions], resourceArns: [...resourceArns] });
        }
      },
    }),
  };
}

/**
 * What a caller of a resource under a key of ours may do with the key: what the CDK grants too, without its wildcards.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 */
const KEY_ACTIONS = {
  items: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'],
  read: ['kms:Decrypt'],
  write: ['kms:Decrypt', 'kms:GenerateDataKey'],
};

/** The statement for the key of a resource, if it has one of ours. */
function keyStatements(
  resource: IConstruct,
  access: keyof typeof KEY_ACTIONS | undefined,
): readonly Statement[] {
  const key = keyOf(resource);
  return key && access ? [[KEY_ACTIONS[access], [key.keyArn]]] : [];
}

const ITEM_ACTIONS = [
  'dynamodb:BatchGetItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:ConditionCheckItem',
  'dynamodb:DeleteItem',
  'dynamodb:GetItem',
  'dynamodb:PutItem',
  'dynamodb:Query',
  'dynamodb:UpdateItem',
];

/**
 * Reads and writes items and queries the index. Excludes operations on the table itself.
 * @param scannedBy the part that also scans the table, by default none
 * @param by the part that uses the table, by default both
 */
export function uses(
  table: ITable,
  { scannedBy, by = 'both' }: { scannedBy?: Part; by?: Part } = {},
): Unnamed {
  const index = `${table.tableArn}/index/${INDEX_NAME}`;
  return use(table.tableName, (part) => [
    ...(acts(part, by) ? [[ITEM_ACTIONS, [table.tableArn, index]] as const] : []),
    ...(scannedBy && acts(part, scannedBy) ? [[['dynamodb:Scan'], [table.tableArn]] as const] : []),
    ...keyStatements(table, acts(part, by) ? 'items' : undefined),
  ]);
}

/** Updates counters in a table without an index. Only the part `only` gets the permission. */
export function countsIn(table: ITable, only: Part): Unnamed {
  return use(table.tableName, (part) =>
    acts(part, only)
      ? [[['dynamodb:UpdateItem'], [table.tableArn]], ...keyStatements(table, 'items')]
      : [],
  );
}

/** Publishes events. As functions, only the worker publishes. */
export function publishesTo(bus: IEventBus): Unnamed {
  return use(bus.eventBusName, (part) =>
    acts(part, 'worker') ? [[['events:PutEvents'], [bus.eventBusArn]]] : [],
  );
}

const RECEIVE_ACTIONS = [
  'sqs:ChangeMessageVisibility',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
  'sqs:ReceiveMessage',
];

/** Receives messages from a queue, and returns them to it. */
export function consumes(queue: IQueue): Unnamed {
  return use(queue.queueUrl, (part) =>
    acts(part, 'worker')
      ? [[RECEIVE_ACTIONS, [queue.queueArn]], ...keyStatements(queue, 'read')]
      : [],
  );
}

/** Sends messages from the http part to the worker. */
export function passesOnThrough(queue: IQueue): Unnamed {
  return use(queue.queueUrl, (part) => [
    ...(acts(part, 'http') ? [[['sqs:SendMessage'], [queue.queueArn]] as const] : []),
    ...(acts(part, 'worker') ? [[RECEIVE_ACTIONS, [queue.queueArn]] as const] : []),
    ...keyStatements(queue, acts(part, 'http') ? 'write' : 'read'),
  ]);
}

/** Reads a secret when the process starts. */
export function reads(secret: ISecret): Unnamed {
  return {
    as: (name) => ({
      name,
      value: secret.secretArn,
      secret,
      grantTo(grantee) {
        secret.grantRead(grantee);
        for (const [actions, resourceArns] of keyStatements(secret, 'read')) {
          Grant.addToPrincipal({ grantee, actions: [...actions], resourceArns: [...resourceArns] });
        }
      },
    }),
  };
}

/** The actions allowed on keys under a prefix, and the part that may use them. */
export interface KeyRange {
  readonly prefix: string;
  readonly actions: readonly ('Get' | 'Put' | 'Delete')[];
  readonly by: Part;
}

/** Uses objects of a bucket. Readers may list it too, because S3 otherwise answers 403 instead of 404 for a missing key. */
export function objectsOf(bucket: Bucket, ranges: readonly KeyRange[]): Unnamed {
  const statements = (part: Part) => {
    const own = ranges.filter(({ by }) => acts(part, by));
    const reading = own.some(({ actions }) => actions.includes('Get'));
    const writing = own.some(({ actions }) => actions.includes('Put'));
    return [
      ...own.map(({ prefix, actions }): Statement => {
        const objects = bucket.arnForObjects(`${prefix}*`);
        return [actions.map((action) => `s3:${action}Object`), [objects]];
      }),
      ...(reading ? [[['s3:ListBucket'], [bucket.bucketArn]] as const] : []),
      ...keyStatements(bucket, writing ? 'write' : reading ? 'read' : undefined),
    ];
  };
  return {
    as(name) {
      const named = use(bucket.bucketName, statements).as(name);
      const grantTo = (grantee: IRole, part: Part) => {
        named.grantTo(grantee, part);
        for (const { prefix, by } of ranges) {
          if (acts(part, by)) acknowledgeKeys(grantee, bucket, prefix);
        }
      };
      return { ...named, grantTo };
    },
  };
}

function acts(part: Part, by: Part): boolean {
  return part === 'both' || by === 'both' || part === by;
}
