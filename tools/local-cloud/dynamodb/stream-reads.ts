import { AwsError } from '../kernel.ts';
import { limitOf } from './limit.ts';
import type { StreamLog } from './stream-log.ts';
import type { Streams } from './streams.ts';
import type { Input, Table } from './table-types.ts';
import type { Tables } from './tables.ts';

// Limits: "GetRecords", "DescribeStream" and "GetShardIterator" in the DynamoDB Streams API.
const MAX_RECORDS = 1000;
const MAX_LISTED = 100;
const ITERATOR_LIFETIME_MS = 15 * 60 * 1000;
/** A stream has one shard here, which never ends. */
const SHARD_ID = 'shardId-00000000000000000000-00000001';

interface Position {
  readonly streamArn: string;
  /** The sequence number of the last record before the iterator. */
  readonly after: string;
  readonly createdAt: number;
}

/** The read operations of DynamoDB Streams. */
export function streamOperations(tables: Tables, streams: Streams) {
  const tableOf = (arn: unknown): Table => {
    const found = tables.all().find((table) => table.LatestStreamArn === arn);
    if (found) return found;
    throw notFound(`Stream: ${String(arn)} not found`);
  };
  return {
    ListStreams(input: Input) {
      const limit = limitOf(input.Limit, MAX_LISTED);
      const all = tables
        .all()
        .filter((table) => table.LatestStreamArn !== undefined)
        .filter((table) => [undefined, table.TableName].includes(input.TableName as string));
      const sorted = all.sort((a, b) =>
        String(a.LatestStreamArn) < String(b.LatestStreamArn) ? -1 : 1,
      );
      const after = String(input.ExclusiveStartStreamArn ?? '');
      const left = sorted.filter((table) => String(table.LatestStreamArn) > after);
      const page = left.slice(0, limit);
      const last = left.length > limit ? page.at(-1)?.LatestStreamArn : undefined;
      return {
        Streams: page.map((table) => ({
          StreamArn: table.LatestStreamArn,
          StreamLabel: table.LatestStreamLabel,
          TableName: table.TableName,
        })),
        ...(last === undefined ? {} : { LastEvaluatedStreamArn: last }),
      };
    },

    DescribeStream(input: Input) {
      const table = tableOf(input.StreamArn);
      limitOf(input.Limit, MAX_LISTED);
      const { first } = streams.log(String(input.StreamArn));
      const shard = {
        ShardId: SHARD_ID,
        SequenceNumberRange: first === undefined ? {} : { StartingSequenceNumber: String(first) },
      };
      return {
        StreamDescription: {
          StreamArn: table.LatestStreamArn,
          StreamLabel: table.LatestStreamLabel,
          StreamStatus: 'ENABLED',
          StreamViewType: table.StreamSpecification?.StreamViewType,
          CreationRequestDateTime: table.CreationDateTime,
          TableName: table.TableName,
          KeySchema: table.KeySchema,
          Shards: input.ExclusiveStartShardId === undefined ? [shard] : [],
        },
      };
    },

    GetShardIterator(input: Input) {
      const streamArn = String(tableOf(input.StreamArn).LatestStreamArn);
      if (input.ShardId !== SHARD_ID) {
        throw notFound(`Shard: ${String(input.ShardId)} in Stream: ${streamArn} not found`);
      }
      const after = String(startOf(streams.log(streamArn), input));
      return { ShardIterator: encode({ streamArn, after, createdAt: Date.now() }) };
    },

    GetRecords(input: Input) {
      const position = decode(input.ShardIterator);
      const limit = limitOf(input.Limit, MAX_RECORDS);
      const { streamArn } = position;
      tableOf(streamArn);
      if (Date.now() - position.createdAt > ITERATOR_LIFETIME_MS) {
        throw new AwsError('ExpiredIteratorException', 'The shard iterator has expired');
      }
      const log = streams.log(streamArn);
      if (BigInt(position.after) < log.trimmed) throw trimmed();
      const found = log.after(BigInt(position.after), limit);
      const after = String(found.at(-1)?.sequence ?? position.after);
      return {
        Records: found.map(({ record: { eventSourceARN: _, ...record } }) => record),
        NextShardIterator: encode({ streamArn, after, createdAt: Date.now() }),
      };
    },
  };
}

/** The sequence number after which an iterator starts. */
function startOf(log: StreamLog, { ShardIteratorType: type, SequenceNumber }: Input): bigint {
  if (type === 'TRIM_HORIZON') return log.trimmed;
  if (type === 'LATEST') return log.last;
  if (type !== 'AT_SEQUENCE_NUMBER' && type !== 'AFTER_SEQUENCE_NUMBER') {
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value '${String(type)}' at 'shardIteratorType' failed to satisfy constraint: Member must satisfy enum value set: [AFTER_SEQUENCE_NUMBER, LATEST, AT_SEQUENCE_NUMBER, TRIM_HORIZON]`,
    );
  }
  if (typeof SequenceNumber !== 'string' || !/^\d{21,40}$/.test(SequenceNumber)) {
    throw new AwsError('ValidationException', `Invalid SequenceNumber for ${type}`);
  }
  const after = BigInt(SequenceNumber) - (type === 'AT_SEQUENCE_NUMBER' ? 1n : 0n);
  if (after < log.trimmed) throw trimmed();
  return after;
}

function encode(position: Position): string {
  return Buffer.from(JSON.stringify(position)).toString('base64');
}

/** The ARN of the stream that an iterator reads. Undefined for text that is not an iterator. */
export function streamOfIterator(iterator: string): string | undefined {
  try {
    return decode(iterator).streamArn;
  } catch {
    return undefined;
  }
}

function decode(iterator: unknown): Position {
  try {
    const position = JSON.parse(Buffer.from(String(iterator), 'base64').toString()) as Position;
    if (/^\d+$/.test(position.after)) return position;
  } catch {
    // Rejected below.
  }
  throw new AwsError('ValidationException', 'Invalid ShardIterator');
}

function trimmed(): AwsError {
  return new AwsError(
    'TrimmedDataAccessException',
    'The operation attempted to read past the oldest stream record in a shard',
  );
}

function notFound(what: string): AwsError {
  return new AwsError('ResourceNotFoundException', `Requested resource not found: ${what}`);
}
