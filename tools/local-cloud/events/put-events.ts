import { randomUUID } from 'node:crypto';
import { isObject } from '../is-object.ts';
import { AwsError } from '../kernel.ts';
import type { Buses } from './buses.ts';

interface PutEventsEntry {
  readonly Source?: string;
  readonly DetailType?: string;
  readonly Detail?: string;
  readonly EventBusName?: string;
  readonly Resources?: readonly string[];
  /** Epoch seconds. */
  readonly Time?: number;
}

interface PutEventsResult {
  readonly EventId?: string;
  readonly ErrorCode?: string;
  readonly ErrorMessage?: string;
}

// "PutEvents" in the Amazon EventBridge API Reference. The size is that of all entries together.
const MAX_BYTES = 1_048_576;
const MAX_ENTRIES = 10;
const MAX_DETAIL_TYPE_LENGTH = 128;

/**
 * PutEvents. A rejected entry does not affect the others, and the call still succeeds.
 * @throws AwsError ValidationException for a batch that is empty, too long or too large
 */
export function putEvents(buses: Buses, input: { Entries?: readonly PutEventsEntry[] }) {
  const entries = input.Entries ?? [];
  if (entries.length === 0 || entries.length > MAX_ENTRIES) {
    const text = `1 validation error detected: 'entries' must have between 1 and ${MAX_ENTRIES} members.`;
    throw new AwsError('ValidationException', text);
  }
  if (entries.reduce((bytes, entry) => bytes + entrySize(entry), 0) > MAX_BYTES) {
    const text = 'Total size of the entries in the request is over the limit.';
    throw new AwsError('ValidationException', text);
  }
  const results = entries.map((entry) => putOne(buses, entry));
  const failed = results.filter((result) => result.ErrorCode !== undefined);
  return { FailedEntryCount: failed.length, Entries: results };
}

function putOne(buses: Buses, entry: PutEventsEntry): PutEventsResult {
  const missing = (['Source', 'DetailType', 'Detail'] as const).find((name) => !entry[name]);
  if (missing !== undefined) {
    return failedEntry(
      'InvalidArgument',
      `Parameter ${missing} is not valid. Reason: ${missing} is a required argument.`,
    );
  }
  const { Source = '', DetailType = '', Detail = '', EventBusName = 'default' } = entry;
  if (Source.startsWith('aws.')) {
    return failedEntry('NotAuthorizedForSourceException', 'Not authorized for the source.');
  }
  if (DetailType.length > MAX_DETAIL_TYPE_LENGTH) {
    return failedEntry(
      'InvalidArgument',
      'Parameter DetailType is not valid: at most 128 characters.',
    );
  }
  const detail = parseObject(Detail);
  if (detail === undefined) return failedEntry('MalformedDetail', 'Detail is malformed.');
  if (buses.find(EventBusName) === undefined) {
    // AWS accepts the event and loses it.
    buses.logLost(EventBusName, DetailType);
    return { EventId: randomUUID() };
  }
  const EventId = buses.put({
    eventBusName: EventBusName,
    source: Source,
    detailType: DetailType,
    detail,
    ...(entry.Resources ? { resources: entry.Resources } : {}),
    ...(entry.Time === undefined ? {} : { time: new Date(entry.Time * 1000) }),
  });
  return { EventId };
}

/** The size of an entry: "Calculating PutEvents event entry size" in the EventBridge User Guide. */
function entrySize(entry: PutEventsEntry): number {
  const texts = [entry.Source, entry.DetailType, entry.Detail, ...(entry.Resources ?? [])];
  const time = entry.Time === undefined ? 0 : 14;
  return texts.reduce((bytes, text) => bytes + Buffer.byteLength(text ?? ''), time);
}

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function failedEntry(ErrorCode: string, ErrorMessage: string): PutEventsResult {
  return { ErrorCode, ErrorMessage };
}
