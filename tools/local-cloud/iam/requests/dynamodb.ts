import { isObject } from '../../is-object.ts';
import type { CallInput, RequiredAction, ResourceNames } from '../types.ts';
import { each, onEverything, one, type ServiceActions, text } from './call-actions.ts';

/**
 * DynamoDB and DynamoDB Streams.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_dynamodb.html
 */
export const DYNAMODB_ACTIONS: ServiceActions = {
  GetItem: one('dynamodb:GetItem', table),
  PutItem: one('dynamodb:PutItem', table),
  UpdateItem: one('dynamodb:UpdateItem', table),
  DeleteItem: one('dynamodb:DeleteItem', table),
  Query: one('dynamodb:Query', tableOrIndex),
  Scan: one('dynamodb:Scan', tableOrIndex),
  BatchGetItem: (input, names) => each(['dynamodb:BatchGetItem'], batchTables(input, names)),
  BatchWriteItem: (input, names) => each(['dynamodb:BatchWriteItem'], batchTables(input, names)),
  TransactGetItems: transactionActions,
  TransactWriteItems: transactionActions,
  CreateTable: (input, names) =>
    each(
      ['dynamodb:CreateTable', ...(input.Tags === undefined ? [] : ['dynamodb:TagResource'])],
      [table(input, names)],
    ),
  DescribeTable: one('dynamodb:DescribeTable', table),
  DeleteTable: one('dynamodb:DeleteTable', table),
  ListTables: onEverything('dynamodb:ListTables'),
  UpdateTimeToLive: one('dynamodb:UpdateTimeToLive', table),
  DescribeTimeToLive: one('dynamodb:DescribeTimeToLive', table),
  ListStreams: onEverything('dynamodb:ListStreams'),
  DescribeStream: one('dynamodb:DescribeStream', ({ StreamArn }) => text(StreamArn)),
  GetShardIterator: one('dynamodb:GetShardIterator', ({ StreamArn }) => text(StreamArn)),
  // DynamoDB rejects an iterator of no stream by itself.
  GetRecords: ({ ShardIterator }, names) => {
    const stream = names.streamArn(text(ShardIterator));
    return stream === undefined ? [] : each(['dynamodb:GetRecords'], [stream]);
  },
};

/**
 * The action for each part of a transaction. There is no action for the transaction itself.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html
 */
const ACTION_OF_PART: ReadonlyMap<string, string> = new Map(
  Object.entries({
    Get: 'dynamodb:GetItem',
    Put: 'dynamodb:PutItem',
    Update: 'dynamodb:UpdateItem',
    Delete: 'dynamodb:DeleteItem',
    ConditionCheck: 'dynamodb:ConditionCheckItem',
  }),
);

function transactionActions(input: CallInput, names: ResourceNames): readonly RequiredAction[] {
  const required = new Map<string, RequiredAction>();
  for (const step of [input.TransactItems].flat().filter(isObject)) {
    for (const [part, call] of Object.entries(step)) {
      const action = ACTION_OF_PART.get(part);
      if (action === undefined || !isObject(call)) continue;
      const resource = table(call, names);
      required.set(`${action} ${resource}`, { action, resource });
    }
  }
  return [...required.values()];
}

function table({ TableName }: CallInput, names: ResourceNames): string {
  return tableArn(text(TableName), names);
}

/** A read of an index needs permission on the index, not on its table. */
function tableOrIndex(input: CallInput, names: ResourceNames): string {
  const index = text(input.IndexName);
  return index === '' ? table(input, names) : `${table(input, names)}/index/${index}`;
}

function batchTables({ RequestItems }: CallInput, names: ResourceNames): string[] {
  return isObject(RequestItems)
    ? Object.keys(RequestItems).map((name) => tableArn(name, names))
    : [];
}

/** Calls name a table by its name or its ARN. */
function tableArn(name: string, { region, accountId }: ResourceNames): string {
  return name.startsWith('arn:') ? name : `arn:aws:dynamodb:${region}:${accountId}:table/${name}`;
}
