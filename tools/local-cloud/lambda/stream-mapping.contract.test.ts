import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Services, StreamRecord } from '../kernel.ts';
import { type ComputeCloud, computeCloud, eventually } from './testing/compute-cloud.ts';
import { map, recorder } from './testing/recorder.ts';

let cloud: ComputeCloud;
const sent: { queueArn: string; body: string }[] = [];
beforeAll(() => {
  const send = (queueArn: string, body: string): void => void sent.push({ queueArn, body });
  cloud = computeCloud({ sqs: { send } as unknown as Services['sqs'] });
});
afterAll(() => cloud.stop());

let tables = 0;
let sequence = 0;

/** Creates a stream. `put` emits one change per key. */
function table(): { arn: string; put(...keys: string[]): void } {
  tables += 1;
  const arn = `arn:aws:dynamodb:us-east-1:000000000000:table/t${tables}/stream/1`;
  const record = (pk: string): StreamRecord => {
    sequence += 1;
    return {
      eventID: String(sequence),
      eventName: 'INSERT',
      eventSource: 'aws:dynamodb',
      eventSourceARN: arn,
      eventVersion: '1.1',
      awsRegion: 'us-east-1',
      dynamodb: {
        Keys: { pk: { S: pk } },
        SequenceNumber: String(sequence),
        ApproximateCreationDateTime: Date.now() / 1000,
      },
    };
  };
  return { arn, put: (...keys) => keys.forEach((key) => void cloud.emit(arn, record(key))) };
}

const keysOf = (batches: { Records: Record<string, unknown>[] }[]): string[][] =>
  batches.map(({ Records }) =>
    Records.map((record) => (record as unknown as StreamRecord).dynamodb).map(
      ({ Keys }) => (Keys as { pk: { S: string } }).pk.S,
    ),
  );

const FunctionResponseTypes = ['ReportBatchItemFailures'];

describe('event source mapping of a table stream', () => {
  it('delivers changes in order, batch by batch', async () => {
    const { arn, put } = table();
    const { functionName, batches } = await recorder(cloud, 'Ordered');
    await map(cloud, arn, functionName, { BatchSize: 2, StartingPosition: 'LATEST' });
    put('a', 'b', 'c', 'd', 'e');
    await eventually(() => keysOf(batches()).flat().length === 5);
    expect(keysOf(batches()).flat()).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(Math.max(...batches().map(({ Records }) => Records.length))).toBe(2);
  });

  it('delivers changes made between its creation and its start', async () => {
    const { arn, put } = table();
    const { functionName, batches } = await recorder(cloud, 'Early');
    const properties = { EventSourceArn: arn, FunctionName: functionName };
    const created = await cloud.create(
      'AWS::Lambda::EventSourceMapping',
      'EarlyMapping',
      properties,
    );
    put('a');
    await created.start?.();
    await eventually(() => batches().length === 1);
  });

  it('rejects a starting position that a table stream does not have', async () => {
    const { arn } = table();
    const { functionName } = await recorder(cloud, 'Timestamp');
    const mapped = map(cloud, arn, functionName, { StartingPosition: 'AT_TIMESTAMP' });
    await expect(mapped).rejects.toThrow('StartingPosition must be TRIM_HORIZON or LATEST');
  });

  it('delivers only records that match its filter', async () => {
    const { arn, put } = table();
    const { functionName, batches } = await recorder(cloud, 'Filtered');
    const Pattern = JSON.stringify({
      eventName: ['INSERT'],
      dynamodb: { Keys: { pk: { S: [{ prefix: 'OUTBOX#' }] } } },
    });
    await map(cloud, arn, functionName, { FilterCriteria: { Filters: [{ Pattern }] } });
    put('x', 'OUTBOX#1', 'y');
    await eventually(() => batches().length === 1);
    expect(keysOf(batches())).toEqual([['OUTBOX#1']]);
  });

  it('retries a failed batch before it delivers later records', async () => {
    const { arn, put } = table();
    const { functionName, batches } = await recorder(
      cloud,
      'Failing',
      `if (attempt <= 2) throw new Error('no'); if (attempt === 3) process.exit(1);`,
    );
    await map(cloud, arn, functionName, { BatchSize: 1 });
    put('a', 'b');
    await eventually(() => batches().length === 5);
    expect(keysOf(batches())).toEqual([['a'], ['a'], ['a'], ['a'], ['b']]);
  });

  it('retries from the first record that is reported as failed', async () => {
    const { arn, put } = table();
    const { functionName, batches } = await recorder(
      cloud,
      'Reporting',
      `if (attempt > 1) return;
      const { SequenceNumber: itemIdentifier } = event.Records[1].dynamodb;
      return { batchItemFailures: [{ itemIdentifier }] };`,
    );
    const properties = { EventSourceArn: arn, FunctionName: functionName, FunctionResponseTypes };
    const created = await cloud.create('AWS::Lambda::EventSourceMapping', 'Reports', properties);
    put('a', 'b', 'c');
    await created.start?.();
    await eventually(() => batches().length === 2);
    expect(keysOf(batches())).toEqual([
      ['a', 'b', 'c'],
      ['b', 'c'],
    ]);
  });

  it('sends a batch that exhausts its retries to the on-failure destination', async () => {
    const { arn, put } = table();
    const { functionName, batches } = await recorder(
      cloud,
      'Hopeless',
      `if (event.Records[0].dynamodb.Keys.pk.S === 'bad') throw new Error('no');`,
    );
    const Destination = 'arn:aws:sqs:us-east-1:000000000000:dead';
    await map(cloud, arn, functionName, {
      BatchSize: 1,
      MaximumRetryAttempts: 1,
      DestinationConfig: { OnFailure: { Destination } },
    });
    put('bad', 'good');
    await eventually(() => batches().length === 3);
    expect(keysOf(batches())).toEqual([['bad'], ['bad'], ['good']]);
    expect(sent.map(({ queueArn }) => queueArn)).toEqual([Destination]);
    expect(JSON.parse(sent[0]?.body ?? '')).toMatchObject({
      requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 2 },
      DDBStreamBatchInfo: { batchSize: 1, streamArn: arn },
    });
  });

  it('bisects a failed batch until the bad record is alone', async () => {
    const { arn, put } = table();
    const { functionName, batches } = await recorder(
      cloud,
      'Halving',
      `const keys = event.Records.map(({ dynamodb }) => dynamodb.Keys.pk.S);
      if (keys.includes('bad')) throw new Error('no');`,
    );
    const limits = { MaximumRetryAttempts: 0, BisectBatchOnFunctionError: true };
    const properties = { EventSourceArn: arn, FunctionName: functionName, ...limits };
    const created = await cloud.create('AWS::Lambda::EventSourceMapping', 'Halves', properties);
    put('a', 'b', 'bad', 'c');
    await created.start?.();
    await eventually(() => keysOf(batches()).at(-1)?.join() === 'c');
    expect(keysOf(batches())).toEqual([
      ['a', 'b', 'bad', 'c'],
      ['a', 'b'],
      ['bad', 'c'],
      ['bad'],
      ['c'],
    ]);
  });
});
