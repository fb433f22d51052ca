import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSqs } from '../sqs/index.ts';
import { type ComputeCloud, computeCloud, eventually } from './testing/compute-cloud.ts';
import { map, recorder } from './testing/recorder.ts';

let cloud: ComputeCloud;
let sqs: ReturnType<typeof createSqs>;
beforeAll(() => {
  cloud = computeCloud();
  sqs = createSqs(cloud.kernel);
  cloud.kernel.services.sqs = sqs;
  cloud.add(sqs.providers);
});
afterAll(async () => {
  await cloud.stop();
  sqs.stop();
});

async function queue(logicalId: string, properties = {}): Promise<string> {
  const all = { VisibilityTimeout: 1, ...properties };
  const created = await cloud.create('AWS::SQS::Queue', logicalId, all);
  return String(created.attributes?.Arn);
}

/** Waits until the queue is empty: no visible, in-flight or delayed messages. */
const emptied = (arn: string): Promise<boolean> =>
  eventually(() => {
    const depths = sqs.depths()[arn];
    return depths !== undefined && depths.visible + depths.inFlight + depths.delayed === 0;
  });

const bodies = (batches: { Records: Record<string, unknown>[] }[]): string[][] =>
  batches.map(({ Records }) => Records.map(({ body }) => String(body)).sort());

describe('event source mapping of a queue', () => {
  it("invokes the function with AWS's record format, and deletes processed messages", async () => {
    const arn = await queue('Plain');
    const { functionName, batches } = await recorder(cloud, 'TakesPlain');
    await map(cloud, arn, functionName);
    sqs.send(arn, '{"a":1}');
    await emptied(arn);
    expect(batches()[0]?.Records).toEqual([
      {
        messageId: expect.any(String),
        receiptHandle: expect.any(String),
        body: '{"a":1}',
        attributes: expect.objectContaining({ ApproximateReceiveCount: '1' }),
        messageAttributes: {},
        md5OfBody: expect.stringMatching(/^[0-9a-f]{32}$/),
        eventSource: 'aws:sqs',
        eventSourceARN: arn,
        awsRegion: 'us-east-1',
      },
    ]);
  });

  it('collects up to the batch size within the batching window', async () => {
    const arn = await queue('Window');
    const { functionName, batches } = await recorder(cloud, 'TakesWindow');
    await map(cloud, arn, functionName, { BatchSize: 12, MaximumBatchingWindowInSeconds: 5 });
    for (let i = 10; i < 22; i += 1) sqs.send(arn, String(i));
    await emptied(arn);
    expect(bodies(batches())[0]).toHaveLength(12);
  });

  it('redelivers only the messages that the function reports as failed', async () => {
    const arn = await queue('Partial');
    const { functionName, batches } = await recorder(
      cloud,
      'TakesPartial',
      `if (attempt > 2) return null;
      const bad = event.Records.filter(({ body }) => body === 'bad');
      return { batchItemFailures: bad.map(({ messageId }) => ({ itemIdentifier: messageId })) };`,
    );
    // On a busy machine, a cold start takes longer than the messages stay invisible.
    await cloud.lambda.invoke(functionName, Buffer.from('{"Records":[]}'));
    for (const body of ['good', 'bad', 'fine']) sqs.send(arn, body);
    const FunctionResponseTypes = ['ReportBatchItemFailures'];
    await map(cloud, arn, functionName, { FunctionResponseTypes });
    await emptied(arn);
    expect(bodies(batches())).toEqual([[], ['bad', 'fine', 'good'], ['bad']]);
  });

  it('redelivers a batch when the function throws or is killed', async () => {
    const arn = await queue('Whole', { VisibilityTimeout: 30 });
    const { functionName, batches } = await recorder(
      cloud,
      'TakesWhole',
      `if (attempt === 1) throw new Error('no');
      if (attempt === 2) await new Promise(() => {});`,
    );
    await map(cloud, arn, functionName);
    sqs.send(arn, 'one');
    await eventually(() => batches().length === 2);
    cloud.lambda.kill(functionName);
    await emptied(arn);
    expect(bodies(batches())).toEqual([['one'], ['one'], ['one']]);
  });

  it('moves a poison message to the dead-letter queue', async () => {
    const dead = await queue('Dead');
    const RedrivePolicy = { deadLetterTargetArn: dead, maxReceiveCount: 2 };
    const arn = await queue('Poison', { RedrivePolicy });
    const { functionName, batches } = await recorder(cloud, 'Poisoned', `throw new Error('no');`);
    await map(cloud, arn, functionName);
    sqs.send(arn, 'poison');
    await eventually(() => sqs.depths()[dead]?.visible === 1);
    expect(batches()).toHaveLength(2);
  });

  it('limits concurrent batches to its maximum concurrency', async () => {
    const arn = await queue('Few', { VisibilityTimeout: 30 });
    // Count running handlers, not sandboxes: one that has just answered does not accept work yet.
    const file = join(mkdtempSync(join(tmpdir(), 'triptych-few-')), 'running');
    writeFileSync(file, '');
    const { functionName } = await recorder(
      cloud,
      'TakesFew',
      `appendFileSync(${JSON.stringify(file)}, '+');
       await new Promise((resolve) => setTimeout(resolve, 100));
       appendFileSync(${JSON.stringify(file)}, '-');`,
    );
    const ScalingConfig = { MaximumConcurrency: 2 };
    await map(cloud, arn, functionName, { BatchSize: 1, ScalingConfig });
    for (let i = 0; i < 8; i += 1) sqs.send(arn, String(i));
    await emptied(arn);
    let running = 0;
    const counts = [...readFileSync(file, 'utf8')].map((sign) => {
      running += sign === '+' ? 1 : -1;
      return running;
    });
    expect(counts.length).toBe(16);
    expect(Math.max(...counts)).toBeLessThanOrEqual(2);
    rmSync(dirname(file), { recursive: true });
  });

  it('deletes filtered messages without invoking the function', async () => {
    const arn = await queue('Filtered');
    const { functionName, batches } = await recorder(cloud, 'TakesFiltered');
    const Pattern = JSON.stringify({ body: { kind: ['wanted'] } });
    await map(cloud, arn, functionName, { FilterCriteria: { Filters: [{ Pattern }] } });
    sqs.send(arn, '{"kind":"other"}');
    sqs.send(arn, '{"kind":"wanted"}');
    await emptied(arn);
    // A queue can deliver twice, for example on a busy machine. Only other messages are a failure.
    expect([...new Set(bodies(batches()).flat())]).toEqual(['{"kind":"wanted"}']);
  });

  it('receives no more messages after it is stopped', async () => {
    const arn = await queue('Stopped');
    const { functionName, batches } = await recorder(cloud, 'TakesStopped');
    const mapping = await map(cloud, arn, functionName);
    await mapping.stop();
    sqs.send(arn, 'late');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(batches()).toEqual([]);
    expect(sqs.depths()[arn]?.visible).toBe(1);
  });
});
