import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { Grant, type IRole } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { acknowledgeKeys } from './acknowledge.ts';
import { indexName } from './tables.ts';

/**
 * Which part of a service asks. A container is both parts in one process; of functions, one answers requests and one takes
 * messages. Both load the same settings, so both get the variable; a grant only who acts on it.
 */
export type Part = 'http' | 'worker' | 'both';

/** A setting that names a resource, together with the right to use that resource: neither exists without the other. */
export interface Use {
  readonly name: string;
  /** The variable's value: a name, a URL, or the ARN of a secret. */
  readonly value: string;
  readonly secret?: ISecret;
  grantTo(grantee: IRole, part: Part): void;
}

/** A use that waits for the name of its variable. */
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

const itemActions = [
  'dynamodb:BatchGetItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:ConditionCheckItem',
  'dynamodb:DeleteItem',
  'dynamodb:GetItem',
  'dynamodb:PutItem',
  'dynamodb:Query',
  'dynamodb:UpdateItem',
];

/** Reads and writes items of a table and queries its index; no Scan, and nothing about the table itself. */
export function uses(table: ITable): Unnamed {
  const index = `${table.tableArn}/index/${indexName}`;
  return use(table.tableName, () => [[itemActions, [table.tableArn, index]]]);
}

/** Counts in a table without an index. `only` leaves the other part with the variable alone. */
export function countsIn(table: ITable, only: Part): Unnamed {
  return use(table.tableName, (part) =>
    acts(part, only) ? [[['dynamodb:UpdateItem'], [table.tableArn]]] : [],
  );
}

/** Publishes events. In functions the worker does it for both. */
export function publishesTo(bus: IEventBus): Unnamed {
  return use(bus.eventBusName, (part) =>
    acts(part, 'worker') ? [[['events:PutEvents'], [bus.eventBusArn]]] : [],
  );
}

const takeActions = [
  'sqs:ChangeMessageVisibility',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
  'sqs:ReceiveMessage',
];

/** Takes messages from a queue, and puts them back. */
export function consumes(queue: IQueue): Unnamed {
  return use(queue.queueUrl, (part) =>
    acts(part, 'worker') ? [[takeActions, [queue.queueArn]]] : [],
  );
}

/** Hands work from the part that answers requests to the one that takes messages. */
export function passesOnThrough(queue: IQueue): Unnamed {
  return use(queue.queueUrl, (part) => [
    ...(acts(part, 'http') ? [[['sqs:SendMessage'], [queue.queueArn]] as const] : []),
    ...(acts(part, 'worker') ? [[takeActions, [queue.queueArn]] as const] : []),
  ]);
}

/** Reads a secret as the process starts. */
export function reads(secret: ISecret): Unnamed {
  return {
    as: (name) => ({
      name,
      value: secret.secretArn,
      secret,
      grantTo: (grantee) => void secret.grantRead(grantee),
    }),
  };
}

/** What may be done with keys under a prefix, and by which part. */
export interface KeyRange {
  readonly prefix: string;
  readonly actions: readonly ('Get' | 'Put' | 'Delete')[];
  readonly by: Part;
}

/** Works on objects of a bucket. Listing it is what makes S3 say "not found" instead of "forbidden". */
export function objectsOf(bucket: Bucket, ranges: readonly KeyRange[]): Unnamed {
  const statements = (part: Part) => {
    const own = ranges.filter(({ by }) => acts(part, by));
    const reading = own.some(({ actions }) => actions.includes('Get'));
    return [
      ...own.map(({ prefix, actions }): Statement => {
        const objects = bucket.arnForObjects(`${prefix}*`);
        return [actions.map((action) => `s3:${action}Object`), [objects]];
      }),
      ...(reading ? [[['s3:ListBucket'], [bucket.bucketArn]] as const] : []),
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
