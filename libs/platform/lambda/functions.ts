import { setImmediate as nextTurn } from 'node:timers/promises';
import type {
  APIGatewayProxyEvent,
  APIGatewayProxyEventV2,
  Context,
  DynamoDBStreamEvent,
  ScheduledEvent,
  SQSEvent,
} from 'aws-lambda';
import type { FastifyInstance } from 'fastify';
import { sqs } from '../aws/sqs.ts';
import type { TelemetryConfig } from '../config/index.ts';
import { processEnvironment } from '../config/process-environment.ts';
import type { StreamBatchResponse, WorkerRelay } from '../outbox/stream-relay.ts';
import { type ConsumedQueue, lambdaBatch } from '../queue/lambda-batch.ts';
import { flushSpans, startProcessTelemetry } from '../telemetry/process-telemetry.ts';
import { span } from '../telemetry/span.ts';
import { type HttpResult, httpFunction } from './http-function.ts';

export type HttpEvent = APIGatewayProxyEvent | APIGatewayProxyEventV2;
export type WorkerEvent = SQSEvent | DynamoDBStreamEvent | ScheduledEvent;
/** The same shape for queues and streams: what is to be delivered again. */
export type WorkerResult = StreamBatchResponse;

export interface FunctionOptions {
  readonly config: TelemetryConfig;
  readonly app: () => Promise<FastifyInstance>;
  readonly queues?: readonly ConsumedQueue[];
  readonly relay?: WorkerRelay;
}

export interface ServiceFunctions {
  readonly http: (event: HttpEvent, context?: Context) => Promise<HttpResult>;
  readonly worker: (event: WorkerEvent, context?: Context) => Promise<WorkerResult>;
}

/**
 * The exports of a service's bundle. One bundle serves both functions; `_HANDLER` says which one this process is, and
 * only that one is made ready while the sandbox starts, when CPU is plentiful.
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

/** What was not sent when the function has answered waits for its next invocation, frozen: so it is sent before. */
async function thenFlush<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } finally {
    // A request's own span ends once its answer is out, which may be a turn later than we hear of it.
    await nextTurn();
    await flushSpans();
  }
}

function workerFunction({ queues = [], relay }: FunctionOptions): ServiceFunctions['worker'] {
  const consume = lambdaBatch(queues, sqs());
  const relayOf = (what: string) => {
    if (!relay) throw new Error(`this worker has no relay for ${what}`);
    return relay;
  };
  return async (event) => {
    if ('detail-type' in event) {
      // The only schedule that calls a function itself; all others come through the queue.
      await span('sweep outbox', { transport: 'schedule' }, () => relayOf('a schedule').sweep());
      return { batchItemFailures: [] };
    }
    return isStreamEvent(event) ? relayOf('stream records').handleStream(event) : consume(event);
  };
}

function isStreamEvent(event: SQSEvent | DynamoDBStreamEvent): event is DynamoDBStreamEvent {
  return event.Records[0]?.eventSource === 'aws:dynamodb';
}
