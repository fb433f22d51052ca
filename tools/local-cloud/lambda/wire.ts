import { randomUUID } from 'node:crypto';
import { AwsError, type WireRequest, type WireResponse, type WireService } from '../kernel.ts';
import type { asyncInvocations } from './async-invocations.ts';
import type { Functions } from './functions.ts';

const INVOKE = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;

/** Largest asynchronous request in bytes. */
const MAX_ASYNC_BYTES = 1024 * 1024;

async function invoke(
  request: WireRequest,
  functions: Functions,
  background: ReturnType<typeof asyncInvocations>,
): Promise<WireResponse> {
  const reference = INVOKE.exec(request.path)?.[1];
  if (request.method !== 'POST' || !reference) {
    const message = `The local cloud supports only Invoke, not ${request.method} ${request.path}`;
    throw new AwsError('UnknownOperationException', message, 404);
  }
  const name = decodeURIComponent(reference);
  const payload = request.body.length > 0 ? request.body : Buffer.from('{}');
  const type = request.headers['x-amz-invocation-type'] ?? 'RequestResponse';
  if (type === 'DryRun') return { status: 204 };
  if (type === 'Event') {
    const { definition } = functions.find(name);
    if (payload.length > MAX_ASYNC_BYTES) {
      throw new AwsError('RequestTooLargeException', 'Asynchronous request over 1 MB', 413);
    }
    background.start(definition, () => functions.invoke(name, payload));
    return { status: 202 };
  }
  const { payload: body, functionError } = await functions.invoke(name, payload);
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'x-amz-executed-version': '$LATEST',
  };
  if (functionError) headers['x-amz-function-error'] = functionError;
  return { status: 200, headers, body };
}

/** Handles Lambda's Invoke on the shared endpoint: `RequestResponse`, `Event` and `DryRun`. */
export function lambdaWire(
  functions: Functions,
  background: ReturnType<typeof asyncInvocations>,
): WireService {
  return {
    name: 'lambda',
    async handle(request) {
      const requestId = randomUUID();
      try {
        const response = await invoke(request, functions, background);
        return { ...response, headers: { ...response.headers, 'x-amzn-requestid': requestId } };
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        return {
          status: error.status,
          headers: {
            'content-type': 'application/json',
            'x-amzn-errortype': error.code,
            'x-amzn-requestid': requestId,
          },
          body: JSON.stringify({ Type: 'User', Message: error.message, message: error.message }),
        };
      }
    },
  };
}
