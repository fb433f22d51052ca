import type { DynamoDBStreamEvent, ScheduledEvent, SQSEvent } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { otlpExporter } from '../telemetry/otlp-exporter.ts';
import { postJson } from '../telemetry/post-json.ts';
import { processTelemetry, setProcessTelemetry } from '../telemetry/process-telemetry.ts';
import { captureLog } from '../testing/captured-log.ts';
import { startCollector } from '../testing/collector.ts';
import { payloadV2 } from '../testing/lambda-events.ts';
import { PATIENT_MS } from '../testing/patience.ts';
import { shopApp, shopConfig } from '../testing/shop-app.ts';
import { functions } from './index.ts';

const config = shopConfig();
const queueUrl = 'http://127.0.0.1:4566/000000000000/catalog-events';
const sqsEvent = (queue: string): SQSEvent =>
  ({
    Records: [
      {
        messageId: 'm1',
        receiptHandle: 'r1',
        body: '{"detail-type":"x","source":"s","detail":{}}',
        attributes: { ApproximateReceiveCount: '1', SentTimestamp: '1' },
        messageAttributes: {},
        md5OfBody: '',
        eventSource: 'aws:sqs',
        eventSourceARN: `arn:aws:sqs:us-east-1:000000000000:${queue}`,
        awsRegion: 'us-east-1',
      },
    ],
  }) as unknown as SQSEvent;

const streamEvent = { Records: [{ eventSource: 'aws:dynamodb' }] } as DynamoDBStreamEvent;

const scheduledEvent = {
  source: 'aws.events',
  'detail-type': 'Scheduled Event',
  detail: {},
} as ScheduledEvent;

beforeEach(() => {
  captureLog('error');
  vi.stubEnv('AWS_REGION', 'us-east-1');
});
afterEach(() => vi.unstubAllEnvs());

describe('functions', () => {
  const counted = () => {
    const made = vi.fn(() =>
      shopApp(async (app) => void app.get('/catalog/x', async () => ({ ok: true }))),
    );
    return made;
  };

  it('builds the application during init in the HTTP function', async () => {
    vi.stubEnv('_HANDLER', 'index.http');
    const app = counted();
    const { http } = await functions({ config, app });
    expect(app).toHaveBeenCalledTimes(1);
    expect((await http(payloadV2({ path: '/catalog/x' }))).body).toBe('{"ok":true}');
    expect(app).toHaveBeenCalledTimes(1);
  });

  it('does not build it in the worker', async () => {
    vi.stubEnv('_HANDLER', 'index.worker');
    const app = counted();
    const handle = vi.fn(async () => undefined);
    const { worker } = await functions({ config, app, queues: [{ queueUrl, handle }] });
    expect(await worker(sqsEvent('catalog-events'))).toEqual({ batchItemFailures: [] });
    expect(handle).toHaveBeenCalledWith(expect.objectContaining({ id: 'm1', type: 'x' }));
    expect(app).not.toHaveBeenCalled();
  });

  it('exports its spans before it is frozen', async () => {
    const collector = await startCollector();
    const exporter = otlpExporter({
      endpoint: collector.endpoint,
      service: 'catalog',
      variant: 'serverless',
      onFailure: (error) => expect.unreachable(String(error)),
      post: (url, body) => postJson(url, body, PATIENT_MS),
    });
    setProcessTelemetry({ ...processTelemetry(), exporter });
    const queues = [{ queueUrl, handle: async () => undefined }];
    const { http, worker } = await functions({ config, app: counted(), queues });
    await http(payloadV2({ path: '/catalog/x' }));
    expect(collector.names).toEqual(['GET /catalog/x']);
    await worker(sqsEvent('catalog-events'));
    expect(collector.names).toEqual(['GET /catalog/x', 'consume x']);
    collector.stop();
  });

  it('passes stream records to the relay', async () => {
    const sweep = vi.fn(async () => {});
    const handleStream = vi.fn(async () => ({ batchItemFailures: [{ itemIdentifier: '7' }] }));
    const { worker } = await functions({ config, app: counted(), relay: { handleStream, sweep } });
    expect(await worker(streamEvent)).toEqual({ batchItemFailures: [{ itemIdentifier: '7' }] });
  });

  it('sweeps the outbox when a schedule invokes it', async () => {
    const sweep = vi.fn(async () => {});
    const handleStream = vi.fn(async () => ({ batchItemFailures: [] }));
    const relay = { handleStream, sweep };
    const { worker } = await functions({ config, app: counted(), relay });
    expect(await worker(scheduledEvent)).toEqual({ batchItemFailures: [] });
    expect([sweep.mock.calls.length, handleStream.mock.calls.length]).toEqual([1, 0]);
  });

  it('throws on records that it has no handler for', async () => {
    const { worker } = await functions({ config, app: counted() });
    await expect(worker(sqsEvent('other'))).rejects.toThrow('no handler for queue other');
    await expect(worker(streamEvent)).rejects.toThrow('no relay');
    await expect(worker(scheduledEvent)).rejects.toThrow('no relay');
  });

  it('throws on events of an unknown kind, so that Lambda does not count them as handled', async () => {
    const sweep = vi.fn(async () => {});
    const relay = { sweep, handleStream: async () => ({ batchItemFailures: [] }) };
    const { worker } = await functions({ config, app: counted(), relay });
    const s3Records = { Records: [{ eventSource: 'aws:s3' }] } as unknown as SQSEvent;
    const other = {
      ...scheduledEvent,
      'detail-type': 'Object Created',
    } as unknown as ScheduledEvent;
    await expect(worker(s3Records)).rejects.toThrow('no handler for aws:s3');
    await expect(worker(other)).rejects.toThrow('no handler for Object Created');
    await expect(worker({} as SQSEvent)).rejects.toThrow('an event without records');
    expect(sweep).not.toHaveBeenCalled();
  });
});
