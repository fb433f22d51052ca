import { AwsError, type WireRequest, type WireResponse, type WireService } from '../kernel.ts';

/** Carries out one operation of a JSON service; its result is the answer's body. */
export type JsonOperation = (
  input: Record<string, unknown>,
) => Promise<Record<string, unknown>> | Record<string, unknown>;

/**
 * A wire service for AWS's JSON protocols: operation from `X-Amz-Target`, JSON object in, JSON
 * object out.
 * Errors are thrown and written by the endpoint.
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
          `The local cloud's ${name} has no ${operationName}; it has ${Object.keys(operations).join(', ')}`,
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
    // Answered below, like any body that is not an object.
  }
  throw new AwsError('SerializationException', 'The request body is not a JSON object');
}

/**
 * Refuses input members that an operation does not know, naming them, instead of leaving them out
 * of account.
 * @throws AwsError ValidationException
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
