import { isObject } from '../is-object.ts';
import { AwsError, type WireRequest, type WireResponse, type WireService } from '../kernel.ts';
import { type MemberTable, rejectUndeclared } from './request-members.ts';

/**
 * Runs one operation of a JSON service. Its result is the response body. `signal` aborts when the
 * client disconnects.
 */
export type JsonOperation = (
  input: Record<string, unknown>,
  signal?: AbortSignal,
) => Promise<Record<string, unknown>> | Record<string, unknown>;

/** Wraps each operation of a table. */
export function wrapped<Name extends string>(
  operations: Readonly<Record<Name, JsonOperation>>,
  wrap: (run: JsonOperation, name: Name) => JsonOperation,
): Record<Name, JsonOperation> {
  const entries = Object.entries<JsonOperation>(operations);
  return Object.fromEntries(
    entries.map(([name, run]) => [name, wrap(run, name as Name)]),
  ) as Record<Name, JsonOperation>;
}

/**
 * Creates a wire service for AWS's JSON protocols. `X-Amz-Target` selects the operation; input and
 * output are JSON objects. Operations throw {@link AwsError}, which the endpoint serializes.
 * @param members the request members that each operation supports; any other member is an error
 */
export function jsonService<Name extends string>(
  name: string,
  version: '1.0' | '1.1',
  operations: Readonly<Record<Name, JsonOperation>>,
  members: Readonly<Record<NoInfer<Name>, MemberTable[string]>>,
): WireService {
  const headers = { 'content-type': `application/x-amz-json-${version}` };
  return {
    name,
    calls: Object.keys(operations),
    async handle(request: WireRequest): Promise<WireResponse> {
      const target = operationOf(request);
      if (!Object.hasOwn(operations, target)) {
        throw new AwsError(
          'UnknownOperationException',
          `The local ${name} has no operation ${target}; it has ${Object.keys(operations).join(', ')}`,
        );
      }
      const operation = target as Name;
      const input = parseObject(request.body);
      rejectUndeclared(input, members[operation], operation);
      request.caller?.authorize(name, operation, input);
      const output = await operations[operation](input, request.signal);
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
    if (isObject(value)) return value;
  } catch {
    // Rejected below, like any body that is not an object.
  }
  throw new AwsError('SerializationException', 'The request body is not a JSON object');
}
