import { fromPageToken, toPageToken } from '../endpoint/page-token.ts';
import { AwsError, type Kernel } from '../kernel.ts';
import { compileFilter } from './filter-pattern.ts';
import { eventsBetween, groupOf, type Input, invalid, limitOf, textOf } from './input.ts';
import type { LogEvent, LogStore } from './log-store.ts';

const MAX_EVENTS = 10_000;
/** A page of FilterLogEvents or GetLogEvents holds at most 1 MB. */
const MAX_PAGE_BYTES = 1024 * 1024;

/**
 * GetLogEvents: the events of one stream. `f/` and `b/` tokens continue forwards and backwards. At
 * an end, the token of the request is returned again.
 * @throws AwsError ResourceNotFoundException, InvalidParameterException
 */
export function getLogEvents(store: LogStore, kernel: Kernel, input: Input) {
  const group = groupOf(store, kernel, input);
  const name = textOf(input, 'logStreamName') ?? '';
  if (!group.streams.has(name)) {
    throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.');
  }
  const scope = `events of ${group.name} ${name}`;
  const token = textOf(input, 'nextToken');
  const position = token === undefined ? undefined : fromPageToken(scope, token.slice(2));
  if (token !== undefined && (position === undefined || !/^[fb]\//.test(token))) {
    throw invalid('The specified nextToken is invalid.');
  }
  const limit = limitOf(input, MAX_EVENTS);
  const all = eventsBetween(group, input).filter(({ stream }) => stream === name);
  const forwards = token === undefined ? input.startFromHead === true : token.startsWith('f/');
  const before = (event: LogEvent) => token === undefined || event.number < Number(position);
  const after = (event: LogEvent) => token === undefined || event.number > Number(position);
  const events = forwards
    ? bounded(all.filter(after), limit)
    : bounded(all.filter(before).reverse(), limit).reverse();
  const first = events[0]?.number ?? Number(position ?? 0);
  const last = events.at(-1)?.number ?? Number(position ?? 0);
  return {
    events: events.map(({ timestamp, message }) => ({
      timestamp,
      message,
      ingestionTime: timestamp,
    })),
    nextForwardToken: `f/${toPageToken(scope, String(last))}`,
    nextBackwardToken: `b/${toPageToken(scope, String(first))}`,
  };
}

/**
 * FilterLogEvents: the events of a group, or of some of its streams, that match a pattern.
 * @throws AwsError ResourceNotFoundException, InvalidParameterException
 */
export function filterLogEvents(store: LogStore, kernel: Kernel, input: Input) {
  const group = groupOf(store, kernel, input);
  const names = input.logStreamNames as readonly string[] | undefined;
  const prefix = textOf(input, 'logStreamNamePrefix');
  if (names !== undefined && prefix !== undefined) {
    throw invalid('logStreamNames and logStreamNamePrefix are mutually exclusive.');
  }
  const unknown = names?.find((name) => !group.streams.has(name));
  if (unknown !== undefined) {
    throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.');
  }
  const scope = `filtered events of ${group.name}`;
  const token = textOf(input, 'nextToken');
  const position = token === undefined ? '0' : fromPageToken(scope, token);
  if (position === undefined) throw invalid('The specified nextToken is invalid.');
  const matches = compileFilter(textOf(input, 'filterPattern') ?? '');
  const all = eventsBetween(group, input)
    .filter(({ stream }) => names?.includes(stream) ?? stream.startsWith(prefix ?? ''))
    .filter(({ number, message }) => number > Number(position) && matches(message));
  const events = bounded(all, limitOf(input, MAX_EVENTS));
  const last = events.at(-1);
  return {
    events: events.map(({ number, stream, timestamp, message }) => ({
      logStreamName: stream,
      timestamp,
      message,
      ingestionTime: timestamp,
      eventId: String(number).padStart(56, '0'),
    })),
    searchedLogStreams: [],
    ...(last && events.length < all.length
      ? { nextToken: toPageToken(scope, String(last.number)) }
      : {}),
  };
}

/** At most `limit` events and 1 MB, but at least one event. */
function bounded(events: readonly LogEvent[], limit: number): LogEvent[] {
  const page: LogEvent[] = [];
  let bytes = 0;
  for (const event of events) {
    bytes += Buffer.byteLength(event.message);
    if (page.length === limit || (page.length > 0 && bytes > MAX_PAGE_BYTES)) break;
    page.push(event);
  }
  return page;
}
