import { AwsError, type WireRequest, type WireResponse } from '../kernel.ts';
import type { asyncInvocations } from './async-invocations.ts';
import { LATEST } from './function-definition.ts';
import { durableResult, type Functions } from './functions.ts';

/** Largest asynchronous request in bytes. */
const MAX_ASYNC_BYTES = 1_048_576;

/**
 * Invoke: `RequestResponse`, `Event` or `DryRun`, optionally with the tail of the log.
 * @throws AwsError ResourceNotFoundException, InvalidRequestContentException (the payload is not
 * JSON), RequestTooLargeException, ValidationException, TooManyRequestsException
 */
export async function invoke(
  request: WireRequest,
  name: string,
  functions: Functions,
  background: ReturnType<typeof asyncInvocations>,
): Promise<WireResponse> {
  const type = oneOf(request, 'x-amz-invocation-type', 'invocationType', [
    'RequestResponse',
    'Event',
    'DryRun',
  ]);
  const logType = oneOf(request, 'x-amz-log-type', 'logType', ['None', 'Tail']);
  const { definition } = functions.named(name, request.query.get('Qualifier'));
  const payload = request.body.length > 0 ? request.body : Buffer.from('{}');
  rejectOtherThanJson(payload);
  if (type === 'DryRun') return { status: 204 };
  if (definition.durable) return invokeDurable(request, name, payload, functions);
  if (type === 'Event') {
    if (payload.length > MAX_ASYNC_BYTES) {
      throw new AwsError(
        'RequestTooLargeException',
        `${payload.length} byte payload is too large for the Event invocation type (limit ${MAX_ASYNC_BYTES} bytes)`,
        413,
      );
    }
    background.start(definition, () => functions.invoke(definition.arn, payload));
    return { status: 202 };
  }
  const withLog = logType === 'Tail';
  const invocation = await functions.invoke(definition.arn, payload, { withLog });
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'x-amz-executed-version': LATEST,
  };
  if (invocation.functionError) headers['x-amz-function-error'] = invocation.functionError;
  if (invocation.log) headers['x-amz-log-result'] = invocation.log.toString('base64');
  return { status: 200, headers, body: invocation.payload };
}

/**
 * Invoke of a durable function: starts an execution, and waits for its result unless the type is
 * `Event`. The response names the execution.
 */
async function invokeDurable(
  { headers, query }: WireRequest,
  name: string,
  payload: Buffer,
  functions: Functions,
): Promise<WireResponse> {
  const executionName = headers['x-amz-durable-execution-name'];
  const execution = functions.startDurable(name, payload, {
    qualifier: query.get('Qualifier'),
    ...(executionName === undefined ? {} : { name: executionName }),
  });
  const own = { 'x-amz-durable-execution-arn': execution.arn };
  if (headers['x-amz-invocation-type'] === 'Event') return { status: 202, headers: own };
  const { payload: body, functionError } = await durableResult(execution);
  const failed = functionError ? { 'x-amz-function-error': functionError } : {};
  const version = { 'x-amz-executed-version': execution.function.version };
  return { status: 200, headers: { ...version, ...own, ...failed }, body };
}

/** The value of a header with a fixed set of values. The first is the default. */
function oneOf(
  { headers }: WireRequest,
  header: string,
  member: string,
  values: readonly string[],
): string | undefined {
  const value = headers[header] ?? values[0];
  if (value !== undefined && values.includes(value)) return value;
  throw new AwsError(
    'ValidationException',
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must satisfy enum value set: [${values.join(', ')}]`,
  );
}

function rejectOtherThanJson(payload: Buffer): void {
  try {
    JSON.parse(payload.toString('utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AwsError(
      'InvalidRequestContentException',
      `Could not parse request body into json: Could not parse payload into json: ${reason}`,
    );
  }
}
