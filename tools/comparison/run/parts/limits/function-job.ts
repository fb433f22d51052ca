import type { Shop } from '@triptych/shop/start/shop';
import type { Rendition } from '../../../long-job/all-renditions.ts';
import { makeInPieces, type PiecesDone } from '../../../long-job/job-in-pieces.ts';

export interface FunctionRun extends PiecesDone {
  /** Duration of each successful invocation, including a cold start; this is what AWS bills. */
  readonly invocationMs: readonly number[];
  /** The error of the last failed invocation. */
  readonly error: string | undefined;
}

/** Delay until the function is killed, so that it dies while working. */
const KILL_DELAY_MS = 20;

/**
 * Runs the job in pieces through the variant's own images function. Runs them in sequence, because in parallel they would share
 * this machine's CPU, while on AWS each function has its own.
 * @param options.killAt number of the invocation during which the function is killed
 */
export async function runFunctionJob(
  shop: Shop,
  options: {
    readonly stack: string;
    readonly imageIds: readonly string[];
    readonly killAt?: number;
    readonly goOn: () => boolean;
  },
): Promise<FunctionRun> {
  const { stack, imageIds, killAt, goOn } = options;
  const { lambda } = shop.cloud.services;
  const invocationMs: number[] = [];
  let invocations = 0;
  let error: string | undefined;
  const invoke = async (rendition: Rendition) => {
    if (!goOn()) throw new Error('time ran out');
    invocations += 1;
    const since = performance.now();
    const answered = lambda.invoke(
      `${stack}/Http`,
      Buffer.from(JSON.stringify(eventFor(rendition))),
    );
    if (invocations === killAt) setTimeout(() => shop.cloud.kill(stack, 'Http'), KILL_DELAY_MS);
    const { payload, functionError } = await answered;
    const { statusCode } = JSON.parse(payload.toString()) as { statusCode?: number };
    if (functionError || statusCode === undefined || statusCode >= 400) {
      error = `the function answered ${payload.toString().slice(0, 200)}`;
      throw new Error(error);
    }
    invocationMs.push(performance.now() - since);
  };
  const done = await makeInPieces(imageIds, invoke, { atOnce: 1, attempts: 3 });
  return { ...done, invocationMs, error };
}

/** A request event as sent by the HTTP API and the function URL, payload format 2.0. */
function eventFor({ imageId, widthPx, format }: Rendition) {
  const path = `/images/${imageId}/w${widthPx}.${format}`;
  return {
    version: '2.0',
    routeKey: '$deerror',
    rawPath: path,
    rawQueryString: '',
    headers: { host: 'job.internal', 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'https' },
    requestContext: {
      accountId: '000000000000',
      apiId: 'job',
      domainName: 'job.internal',
      domainPrefix: 'job',
      http: { method: 'GET', path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'job' },
      requestId: 'job',
      routeKey: '$deerror',
      stage: '$deerror',
      time: '01/Jan/2026:00:00:00 +0000',
      timeEpoch: 1_767_225_600_000,
    },
    isBase64Encoded: false,
  };
}
