import type { PropertySupport, ResourceContext, StartingPosition } from '../kernel.ts';
import { eventFilter } from './event-filter.ts';
import type { Functions } from './functions.ts';
import type { SqsMapping } from './sqs-mapping.ts';
import type { StreamMapping } from './stream-mapping.ts';

export const MAPPING_PROPERTIES: Readonly<Record<string, PropertySupport>> = {
  EventSourceArn: 'honoured',
  FunctionName: 'honoured',
  Enabled: 'honoured',
  BatchSize: 'honoured',
  MaximumBatchingWindowInSeconds: 'honoured',
  FunctionResponseTypes: 'honoured',
  FilterCriteria: 'honoured',
  ScalingConfig: 'honoured',
  StartingPosition: 'honoured',
  MaximumRetryAttempts: 'honoured',
  MaximumRecordAgeInSeconds: 'honoured',
  BisectBatchOnFunctionError: 'honoured',
  DestinationConfig: 'honoured',
  ParallelizationFactor: { ignored: 'a stream has one shard here and is read in order' },
  MetricsConfig: { ignored: 'there is no CloudWatch' },
  Tags: { ignored: 'nothing is billed here' },
};

/** Lambda starts with five pollers per queue and adds more. One machine stays at five. */
const DEFAULT_CONCURRENCY = 5;

interface MappingProperties {
  EventSourceArn?: string;
  FunctionName?: string;
  StartingPosition?: string;
  BatchSize?: number;
  MaximumBatchingWindowInSeconds?: number;
  FunctionResponseTypes?: string[];
  FilterCriteria?: unknown;
  ScalingConfig?: { MaximumConcurrency?: number };
  MaximumRetryAttempts?: number;
  MaximumRecordAgeInSeconds?: number;
  BisectBatchOnFunctionError?: boolean;
  DestinationConfig?: { OnFailure?: { Destination?: string } };
}

function shared(context: ResourceContext, functions: Functions) {
  const properties = context.properties as MappingProperties;
  const { definition } = functions.find(String(properties.FunctionName));
  const { stack, logicalId } = definition;
  const types = properties.FunctionResponseTypes ?? [];
  return {
    functionName: definition.name,
    session: definition.session,
    functionArn: definition.arn,
    windowMs: Number(properties.MaximumBatchingWindowInSeconds ?? 0) * 1000,
    reportsItemFailures: types.includes('ReportBatchItemFailures'),
    filter: eventFilter(properties.FilterCriteria),
    log: (text: string) => context.kernel.log({ at: Date.now(), stack, source: logicalId, text }),
  };
}

/** Reads the settings of an event source mapping from a queue. */
export function readSqsMapping(context: ResourceContext, functions: Functions): SqsMapping {
  const properties = context.properties as MappingProperties;
  const { MaximumConcurrency = DEFAULT_CONCURRENCY } = properties.ScalingConfig ?? {};
  return {
    ...shared(context, functions),
    queueArn: String(properties.EventSourceArn),
    batchSize: Number(properties.BatchSize ?? 10),
    maxConcurrency: Number(MaximumConcurrency),
  };
}

/** Reads the settings of an event source mapping from a stream. -1 means no limit, as on AWS. */
export function readStreamMapping(context: ResourceContext, functions: Functions): StreamMapping {
  const properties = context.properties as MappingProperties;
  const maxAge = Number(properties.MaximumRecordAgeInSeconds ?? -1);
  return {
    ...shared(context, functions),
    id: `${context.stack}/${context.logicalId}`,
    streamArn: String(properties.EventSourceArn),
    startingPosition: startingPosition(context),
    batchSize: Number(properties.BatchSize ?? 100),
    bisects: properties.BisectBatchOnFunctionError === true,
    maxRetries: Number(properties.MaximumRetryAttempts ?? -1),
    maxAgeMs: maxAge < 0 ? Number.POSITIVE_INFINITY : maxAge * 1000,
    onFailureArn: properties.DestinationConfig?.OnFailure?.Destination,
  };
}

/** @throws Error for a position that a table's stream does not have */
function startingPosition({ stack, logicalId, properties }: ResourceContext): StartingPosition {
  const { StartingPosition: position = 'LATEST' } = properties;
  if (position === 'TRIM_HORIZON' || position === 'LATEST') return position;
  throw new Error(
    `${stack}/${logicalId}: StartingPosition must be TRIM_HORIZON or LATEST, not ${position}`,
  );
}

/**
 * Returns the service of an event source.
 * @throws Error for services other than `sqs` and `dynamodb`
 */
export function eventSource({ properties }: ResourceContext): 'sqs' | 'dynamodb' {
  const arn = String(properties.EventSourceArn);
  const service = arn.split(':')[2];
  if (service === 'sqs' || service === 'dynamodb') return service;
  throw new Error(`Event source ${arn} is not supported, only queues and table streams are`);
}
