import { pageOf } from '../endpoint/page-token.ts';
import { AwsError, type WireRequest } from '../kernel.ts';
import { type FunctionDefinition, LATEST } from './function-definition.ts';
import type { Functions } from './functions.ts';
import type { MappingRecord } from './mapping-records.ts';

/** A page contains at most 50 functions and 100 mappings, whatever the request asks for. */
const MAX_FUNCTIONS = 50;
const MAX_MAPPINGS = 100;
const MAX_ITEMS = 10_000;

/** ListFunctions in pages. @throws AwsError ValidationException, InvalidParameterValueException */
export function listFunctions(functions: Functions, { query }: WireRequest) {
  const version = query.get('FunctionVersion');
  if (version !== null && version !== 'ALL') {
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value '${version}' at 'functionVersion' failed to satisfy constraint: Member must satisfy enum value set: [ALL]`,
    );
  }
  const { items, nextToken } = pageOf(functions.definitions(), {
    scope: 'functions',
    token: query.get('Marker'),
    limit: Math.min(maxItems(query), MAX_FUNCTIONS),
    keyOf: ({ name }) => [name],
    invalidToken,
  });
  return {
    Functions: items.map(configuration),
    ...(nextToken === undefined ? {} : { NextMarker: nextToken }),
  };
}

/** GetFunction. The code has no location, because functions run from their artifact folder. */
export function getFunction(definition: FunctionDefinition) {
  const reserved = definition.maxSandboxes;
  return {
    Configuration: configuration(definition),
    ...(Number.isFinite(reserved)
      ? { Concurrency: { ReservedConcurrentExecutions: reserved } }
      : {}),
  };
}

/** The configuration of a function. Members that have no local meaning are omitted. */
export function configuration(definition: FunctionDefinition) {
  const { version = LATEST } = definition;
  return {
    FunctionName: definition.name,
    FunctionArn: version === LATEST ? definition.arn : `${definition.arn}:${version}`,
    Runtime: definition.runtime,
    Handler: definition.handler,
    Timeout: definition.timeoutMs / 1000,
    MemorySize: definition.memoryMb,
    LastModified: definition.createdAt.toISOString().replace('Z', '+0000'),
    Version: version,
    Environment: { Variables: definition.variables },
    PackageType: 'Zip',
    State: 'Active',
    LastUpdateStatus: 'Successful',
    LoggingConfig: { LogFormat: 'Text', LogGroup: definition.logGroup },
  };
}

/** ListEventSourceMappings in pages. @throws AwsError ValidationException, InvalidParameterValueException */
export function listMappings(
  mappings: readonly MappingRecord[],
  functionArn: string | undefined,
  { query }: WireRequest,
) {
  const source = query.get('EventSourceArn');
  const all = mappings
    .filter((one) => functionArn === undefined || one.functionArn === functionArn)
    .filter((one) => source === null || one.properties.EventSourceArn === source);
  const { items, nextToken } = pageOf(all, {
    scope: 'event source mappings',
    token: query.get('Marker'),
    limit: Math.min(maxItems(query), MAX_MAPPINGS),
    keyOf: ({ createdAt, id }) => [createdAt.getTime(), id],
    invalidToken,
  });
  return {
    EventSourceMappings: items.map(mappingConfiguration),
    ...(nextToken === undefined ? {} : { NextMarker: nextToken }),
  };
}

/** A mapping as its template configures it. Settings that are not in the template are omitted. */
export function mappingConfiguration(mapping: MappingRecord) {
  const { FunctionName: _, Enabled: __, ...settings } = mapping.properties;
  return {
    UUID: mapping.id,
    EventSourceMappingArn: mapping.arn,
    FunctionArn: mapping.functionArn,
    ...settings,
    BatchSize: mapping.batchSize,
    MaximumBatchingWindowInSeconds: Number(settings.MaximumBatchingWindowInSeconds ?? 0),
    LastModified: mapping.createdAt.getTime() / 1000,
    State: mapping.enabled ? 'Enabled' : 'Disabled',
    StateTransitionReason: 'USER_INITIATED',
  };
}

function maxItems(query: URLSearchParams): number {
  const text = query.get('MaxItems');
  const value = Number(text ?? MAX_ITEMS);
  if (Number.isInteger(value) && value >= 1 && value <= MAX_ITEMS) return value;
  throw new AwsError(
    'ValidationException',
    `1 validation error detected: Value '${text}' at 'maxItems' failed to satisfy constraint: Member must have value from 1 to ${MAX_ITEMS}`,
  );
}

function invalidToken(): AwsError {
  return new AwsError('InvalidParameterValueException', 'Invalid Marker.');
}
