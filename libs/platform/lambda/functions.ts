import type { Context, DynamoDBStreamEvent, ScheduledEvent, SQSEvent } from 'aws-lambda';
import type { FastifyInstance } from 'fastify';
import { sqs } from '../aws/sqs.ts';
import type { TelemetryConfig } from '../config/index.ts';
import { processEnvironment } from '../config/process-environment.ts';
import type { StreamBatchResponse, WorkerRelay } from '../outbox/stream-relay.ts';
import { type ConsumedQueue, lambdaBatch } from '../queue/lambda-batch.ts';
import { startProcessTelemetry } from '../telemetry/process-telemetry.ts';
import { span } from '../telemetry/span.ts';
import type { HttpEvent } from './http-event.ts';
import { type HttpResult, httpFunction } from './http-function.ts';
import { thenFlush } from './then-flush.ts';

export type WorkerEvent = SQSEvent | DynamoDBStreamEvent | ScheduledEvent;
/** Has the same shape for queues and streams: the records to redeliver. */
export type WorkerResult = StreamBatchResponse;

export interface FunctionOptions {
  readonly config: TelemetryConfig;
  /** Builds the HTTP application. Called at most once, and never in the worker. */
  readonly app: () => Promise<FastifyInstance>;
  readonly queues?: readonly ConsumedQueue[];
  readonly relay?: WorkerRelay;
}

export interface ServiceFunctions {
  readonly http: (event: HttpEvent, context?: Context) => Promise<HttpResult>;
  readonly worker: (event: WorkerEvent, context?: Context) => Promise<WorkerResult>;
}

/**
 * The exports of a service's bundle. Both functions share the bundle. `_HANDLER` determines which one this process
 * runs; only that one is initialized during Lambda's init phase, which has more CPU.
 */
export async function functions(options: FunctionOptions): Promise<ServiceFunctions> {
  startProcessTelemetry(options.config);
  let prepared: ReturnType<typeof httpFunction> | undefined;
  const prepare = () => {
    prepared ??= httpFunction(options.app);
    return prepared;
  };
  if (processEnvironment.lambdaHandler()?.endsWith('.http')) await prepare();
  const work = workerFunction(options);
  return {
    http: async (event, context) => thenFlush((await prepare())(event, context)),
    worker: (event) => thenFlush(work(event)),
  };
}

/** EventBridge's detail-type for rules with a schedule. */
const SCHEDULED = 'Scheduled Event';

/** @throws Error (from the returned function) on an event that the worker has no handler or relay for */
function workerFunction({ queues = [], relay }: FunctionOptions): ServiceFunctions['worker'] {
  const consume = lambdaBatch(queues, sqs());
  const relayOf = (what: string) => {
    if (!relay) throw new Error(`this worker has no relay for ${what}`);
    return relay;
  };
  return async (event) => {
    if ('detail-type' in event) {
      const type = event['detail-type'];
      if (type !== SCHEDULED) throw new Error(`this worker has no handler for ${type}`);
      // The only schedule that invokes a function directly; all others go through the queue.
      await span('sweep outbox', { transport: 'schedule' }, () => relayOf('a schedule').sweep());
      return { batchItemFailures: [] };
    }
    if (isStreamEvent(event)) return relayOf('stream records').handleStream(event);
    if (isQueueEvent(event)) return consume(event);
    throw new Error(
      `this worker has no handler for ${sourceOf(event) ?? 'an event without records'}`,
    );
  };
}

function isStreamEvent(event: WorkerEvent): event is DynamoDBStreamEvent {
  return sourceOf(event) === 'aws:dynamodb';
}

function isQueueEvent(event: WorkerEvent): event is SQSEvent {
  return sourceOf(event) === 'aws:sqs';
}

/** The service whose records an event holds. An event without records invokes no worker on AWS. */
function sourceOf(event: WorkerEvent): string | undefined {
  return 'Records' in event ? event.Records?.[0]?.eventSource : undefined;
}
