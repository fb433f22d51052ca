import { AwsError, type WireRequest, type WireResponse, type WireService } from '../kernel.ts';

/** Runs one operation of a JSON service. Its result is the response body. */
export type JsonOperation = (
  input: Record<string, unknown>,
) => Promise<Record<string, unknown>> | Record<string, unknown>;

/**
 * Creates a wire service for AWS's JSON protocols. `X-Amz-Target` selects the operation; input and
 * output are JSON objects. Operations throw {@link AwsError}, which the endpoint serializes.
 */
export function jsonService(
  name: string,
  version: '1.0' | '1.1',
  operations: Readonly<Record<string, JsonOperation>>,
): WireService {
  const headers = { 'content-type': `application/x-amz-json-${version}` };
  return {
    name,
    async handle(request: WireRequest): Promise<WireResponse> {
      const operationName = operationOf(request);
      const operation = Object.hasOwn(operations, operationName)
        ? operations[operationName]
        : undefined;
      if (!operation) {
        throw new AwsError(
          'UnknownOperationException',
          `The local ${name} has no operation ${operationName}; it has ${Object.keys(operations).join(', ')}`,
        );
      }
      const output = await operation(parseObject(request.body));
      return { status: 200, headers, body: JSON.stringify(output) };
    },
  };
}

function operationOf(request: WireRequest): string {
  const target = request.headers['x-amz-target'] ?? '';
  return target.slice(target.lastIndexOf('.') + 1) || `${request.method} ${request.path}`;
}

function parseObject(body: Buffer): Record<string, unknown> {
  try {
    const value: unknown = body.length === 0 ? {} : JSON.parse(body.toString('utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
  } catch {
    // Rejected below, like any body that is not an object.
  }
  throw new AwsError('SerializationException', 'The request body is not a JSON object');
}

/**
 * Rejects input members that an operation does not support, instead of ignoring them.
 * @param where completes "The local cloud does not support …" in the message
 * @throws AwsError ValidationException that names the members
 */
export function rejectUnknown(
  input: Readonly<Record<string, unknown>>,
  known: readonly string[],
  where: string,
): void {
  const unknown = Object.keys(input).filter(
    (name) => input[name] !== undefined && input[name] !== null && !known.includes(name),
  );
  if (unknown.length > 0) {
    throw new AwsError(
      'ValidationException',
      `The local cloud does not support ${where} with ${unknown.join(', ')}`,
    );
  }
}
