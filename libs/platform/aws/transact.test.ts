import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { transact } from './transact.ts';

const items = [1, 2].map(() => ({ Put: { TableName: 't', Item: {} } }));

const canceled = (...codes: string[]) =>
  new TransactionCanceledException({
    message: 'canceled',
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });

/** A client that throws the given failures, then succeeds. Emulators never report conflicts; AWS does. */
function clientThatFails(...failures: Error[]) {
  const sent: string[] = [];
  const client = {
    async send(command: object) {
      sent.push(command.constructor.name);
      const failure = failures.shift();
      if (failure) throw failure;
      return {};
    },
  } as unknown as DynamoDBClient;
  return { client, sent };
}

describe('writing in one transaction', () => {
  it('retries after conflicts with another transaction', async () => {
    const { client, sent } = clientThatFails(
      canceled('TransactionConflict', 'None'),
      canceled('None', 'ThrottlingError'),
    );
    expect(await transact(client, items)).toEqual({ committed: true });
    expect(sent).toHaveLength(3);
  });

  it('does not retry when a condition fails, even together with a conflict', async () => {
    const { client, sent } = clientThatFails(
      canceled('ConditionalCheckFailed', 'TransactionConflict'),
    );
    expect(await transact(client, items)).toEqual({ committed: false, failed: [0] });
    expect(sent).toHaveLength(1);
  });

  it('throws when conflicts persist', async () => {
    const endless = Array.from({ length: 20 }, () => canceled('TransactionConflict'));
    const { client, sent } = clientThatFails(...endless);
    await expect(transact(client, items)).rejects.toThrow('canceled');
    expect(sent).toHaveLength(8);
  });

  it('sends a single put without a transaction, with the same result', async () => {
    const conflict = Object.assign(new Error('busy'), { name: 'TransactionConflictException' });
    const failed = new ConditionalCheckFailedException({ message: 'no', $metadata: {} });
    const { client, sent } = clientThatFails(conflict, failed);
    expect(await transact(client, items.slice(0, 1))).toEqual({ committed: false, failed: [0] });
    expect(sent).toEqual(['PutItemCommand', 'PutItemCommand']);
  });

  it('sends a single update without a transaction', async () => {
    const { client, sent } = clientThatFails();
    const update = { TableName: 't', Key: {}, UpdateExpression: 'ADD n :one' };
    expect(await transact(client, [{ Update: update }])).toEqual({ committed: true });
    expect(sent).toEqual(['UpdateItemCommand']);
  });

  it('returns the positions of the failed conditions', async () => {
    const { client } = clientThatFails(canceled('None', 'ConditionalCheckFailed'));
    expect(await transact(client, items)).toEqual({ committed: false, failed: [1] });
  });

  it('leaves throttling of the whole call to the SDK', async () => {
    const throttled = Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
    const { client, sent } = clientThatFails(throttled);
    await expect(transact(client, items)).rejects.toThrow('slow down');
    expect(sent).toHaveLength(1);
  });

  it('rethrows other errors', async () => {
    const { client } = clientThatFails(new Error('no such table'));
    await expect(transact(client, items)).rejects.toThrow('no such table');
  });
});
