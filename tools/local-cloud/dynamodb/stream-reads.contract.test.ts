import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
  type ShardIteratorType,
} from '@aws-sdk/client-dynamodb-streams';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTable, key, startDynamo } from '../testing/dynamo-fixture.ts';

const { client, settings, stop } = await startDynamo();
const streams = new DynamoDBStreamsClient({ ...settings, maxAttempts: 1 });
let StreamArn = '';
let ShardId = '';

beforeAll(async () => {
  await createTable(client, 'without');
  StreamArn = (await createTable(client, 'streamed', 'NEW_AND_OLD_IMAGES')).streamArn;
  await put('before');
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
  ShardId = StreamDescription?.Shards?.[0]?.ShardId ?? '';
});
afterAll(async () => {
  streams.destroy();
  await stop();
});

const put = (pk: string) =>
  client.send(new PutItemCommand({ TableName: 'streamed', Item: key(pk) }));
async function iterator(ShardIteratorType: ShardIteratorType, SequenceNumber?: string) {
  const { ShardIterator } = await streams.send(
    new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType, SequenceNumber }),
  );
  return ShardIterator;
}
const read = (ShardIterator: string | undefined, Limit?: number) =>
  streams.send(new GetRecordsCommand({ ShardIterator, Limit }));

describe('DynamoDB Streams', () => {
  it('lists and describes the streams of tables', async () => {
    const { Streams } = await streams.send(new ListStreamsCommand({}));
    expect(Streams).toMatchObject([{ StreamArn, TableName: 'streamed' }]);
    const none = await streams.send(new ListStreamsCommand({ TableName: 'without' }));
    expect(none.Streams).toEqual([]);
    const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
    expect(StreamDescription).toMatchObject({
      StreamStatus: 'ENABLED',
      StreamViewType: 'NEW_AND_OLD_IMAGES',
      TableName: 'streamed',
      KeySchema: [{ AttributeName: 'pk' }, { AttributeName: 'sk' }],
    });
    expect(ShardId.length).toBeGreaterThanOrEqual(28);
  });

  it('reads the changes in order, page by page', async () => {
    const latest = await iterator('LATEST');
    await put('one');
    await client.send(new DeleteItemCommand({ TableName: 'streamed', Key: key('one') }));
    const first = await read(latest, 1);
    expect(first.Records).toMatchObject([
      { eventName: 'INSERT', eventSource: 'aws:dynamodb', dynamodb: { NewImage: key('one') } },
    ]);
    const second = await read(first.NextShardIterator);
    expect(second.Records).toMatchObject([
      { eventName: 'REMOVE', dynamodb: { OldImage: key('one') } },
    ]);
    expect((await read(second.NextShardIterator)).Records).toEqual([]);
  });

  it('starts at the oldest record, or at or after a sequence number', async () => {
    const { Records = [] } = await read(await iterator('TRIM_HORIZON'));
    expect(Records[0]?.dynamodb?.Keys).toEqual(key('before'));
    const number = Records[0]?.dynamodb?.SequenceNumber;
    const at = await read(await iterator('AT_SEQUENCE_NUMBER', number), 1);
    expect(at.Records?.[0]?.eventID).toBe(Records[0]?.eventID);
    const after = await read(await iterator('AFTER_SEQUENCE_NUMBER', number));
    expect(after.Records).toHaveLength(Records.length - 1);
  });

  it('names what does not exist', async () => {
    const missing = `${StreamArn}x`;
    await expect(
      streams.send(new DescribeStreamCommand({ StreamArn: missing })),
    ).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: `Requested resource not found: Stream: ${missing} not found`,
    });
    await expect(read('nonsense')).rejects.toThrow('Invalid ShardIterator');
  });
});
