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

// Of all entries together; PutEvents in the EventBridge API reference.
const maximumBytes = 1_048_576;
const maximumEntries = 10;

/**
 * PutEvents: an entry that is refused does not keep the others from being accepted, and the call still succeeds.
 * @throws AwsError only for a batch that is empty, too long or too large
 */
export function putEvents(buses: Buses, input: { Entries?: readonly PutEventsEntry[] }) {
  const entries = input.Entries ?? [];
  if (entries.length === 0 || entries.length > maximumEntries) {
    const text = `1 validation error detected: 'entries' must have between 1 and ${maximumEntries} members.`;
    throw new AwsError('ValidationException', text);
  }
  if (entries.reduce((bytes, entry) => bytes + entrySize(entry), 0) > maximumBytes) {
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
    return refused(
      'InvalidArgument',
      `Parameter ${missing} is not valid. Reason: ${missing} is a required argument.`,
    );
  }
  const { Source = '', DetailType = '', Detail = '', EventBusName = 'default' } = entry;
  if (Source.startsWith('aws.')) {
    return refused('NotAuthorizedForSourceException', 'Not authorized for the source.');
  }
  if (DetailType.length > 128) {
    return refused('InvalidArgument', 'Parameter DetailType is not valid: at most 128 characters.');
  }
  const detail = parseObject(Detail);
  if (detail === undefined) return refused('MalformedDetail', 'Detail is malformed.');
  if (buses.find(EventBusName) === undefined) {
    return refused('ResourceNotFoundException', `Event bus ${EventBusName} does not exist.`);
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

/** Bytes of an entry as "Calculating PutEvents event entry size" counts them. */
function entrySize(entry: PutEventsEntry): number {
  const texts = [entry.Source, entry.DetailType, entry.Detail, ...(entry.Resources ?? [])];
  const time = entry.Time === undefined ? 0 : 14;
  return texts.reduce((bytes, text) => bytes + Buffer.byteLength(text ?? ''), time);
}

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function refused(ErrorCode: string, ErrorMessage: string): PutEventsResult {
  return { ErrorCode, ErrorMessage };
}
