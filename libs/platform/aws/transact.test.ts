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

/** A client that fails as told, then succeeds; emulators never report conflicts, AWS does. */
function clientThat(...failures: Error[]) {
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
  it('tries again after conflicts with another transaction', async () => {
    const { client, sent } = clientThat(
      canceled('TransactionConflict', 'None'),
      canceled('None', 'ThrottlingError'),
    );
    expect(await transact(client, items)).toEqual({ committed: true });
    expect(sent).toHaveLength(3);
  });

  it('does not try again when a condition fails, also beside a conflict', async () => {
    const { client, sent } = clientThat(canceled('ConditionalCheckFailed', 'TransactionConflict'));
    expect(await transact(client, items)).toEqual({ committed: false, failed: [0] });
    expect(sent).toHaveLength(1);
  });

  it('gives up on conflicts that do not end', async () => {
    const endless = Array.from({ length: 20 }, () => canceled('TransactionConflict'));
    const { client, sent } = clientThat(...endless);
    await expect(transact(client, items)).rejects.toThrow('canceled');
    expect(sent).toHaveLength(8);
  });

  it('sends a single put alone, with the same meaning', async () => {
    const conflict = Object.assign(new Error('busy'), { name: 'TransactionConflictException' });
    const failed = new ConditionalCheckFailedException({ message: 'no', $metadata: {} });
    const { client, sent } = clientThat(conflict, failed);
    expect(await transact(client, items.slice(0, 1))).toEqual({ committed: false, failed: [0] });
    expect(sent).toEqual(['PutItemCommand', 'PutItemCommand']);
  });

  it('sends a single update alone', async () => {
    const { client, sent } = clientThat();
    const update = { TableName: 't', Key: {}, UpdateExpression: 'ADD n :one' };
    expect(await transact(client, [{ Update: update }])).toEqual({ committed: true });
    expect(sent).toEqual(['UpdateItemCommand']);
  });

  it('says which conditions did not hold', async () => {
    const { client } = clientThat(canceled('None', 'ConditionalCheckFailed'));
    expect(await transact(client, items)).toEqual({ committed: false, failed: [1] });
  });

  it('leaves throttling of the whole call to the SDK', async () => {
    const throttled = Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
    const { client, sent } = clientThat(throttled);
    await expect(transact(client, items)).rejects.toThrow('slow down');
    expect(sent).toHaveLength(1);
  });

  it('passes on what it does not understand', async () => {
    const { client } = clientThat(new Error('no such table'));
    await expect(transact(client, items)).rejects.toThrow('no such table');
  });
});
