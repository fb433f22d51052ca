import { pageOf } from '../endpoint/page-token.ts';
import type { Kernel } from '../kernel.ts';
import { groupOf, type Input, invalid, limitOf, textOf } from './input.ts';
import type { LogStore } from './log-store.ts';

const MAX_PAGE = 50;
const invalidToken = () => invalid('The specified nextToken is invalid.');

/** DescribeLogGroups by name. @throws AwsError InvalidParameterException */
export function describeLogGroups(store: LogStore, kernel: Kernel, input: Input) {
  const prefix = textOf(input, 'logGroupNamePrefix');
  const pattern = textOf(input, 'logGroupNamePattern')?.toLowerCase();
  if (prefix !== undefined && pattern !== undefined) {
    throw invalid('logGroupNamePrefix and logGroupNamePattern are mutually exclusive.');
  }
  const all = store
    .groups()
    .filter(({ name }) => name.startsWith(prefix ?? ''))
    .filter(({ name }) => name.toLowerCase().includes(pattern ?? ''));
  const { items, nextToken } = pageOf(all, {
    scope: 'log groups',
    token: input.nextToken,
    limit: limitOf(input, MAX_PAGE),
    keyOf: ({ name }) => [name],
    invalidToken,
  });
  return {
    logGroups: items.map(({ name, createdAt, characters }) => ({
      logGroupName: name,
      creationTime: createdAt,
      metricFilterCount: 0,
      arn: kernel.arn('logs', `log-group:${name}:*`),
      logGroupArn: kernel.arn('logs', `log-group:${name}`),
      storedBytes: characters,
      logGroupClass: 'STANDARD',
    })),
    ...(nextToken === undefined ? {} : { nextToken }),
  };
}

/** DescribeLogStreams. @throws AwsError ResourceNotFoundException, InvalidParameterException */
export function describeLogStreams(store: LogStore, kernel: Kernel, input: Input) {
  const group = groupOf(store, kernel, input);
  const prefix = textOf(input, 'logStreamNamePrefix') ?? '';
  const orderBy = textOf(input, 'orderBy') ?? 'LogStreamName';
  if (orderBy !== 'LogStreamName' && orderBy !== 'LastEventTime') {
    throw invalid('orderBy must be LogStreamName or LastEventTime');
  }
  if (orderBy === 'LastEventTime' && prefix !== '') {
    throw invalid('Cannot order by LastEventTime with a logStreamNamePrefix.');
  }
  const all = [...group.streams.values()].filter(({ name }) => name.startsWith(prefix));
  const descending = input.descending === true;
  const { items, nextToken } = pageOf(all, {
    scope: `streams of ${group.name} by ${orderBy} ${descending ? 'descending' : 'ascending'}`,
    token: input.nextToken,
    limit: limitOf(input, MAX_PAGE),
    keyOf: ({ name, lastAt }) => (orderBy === 'LogStreamName' ? [name] : [lastAt, name]),
    descending,
    invalidToken,
  });
  return {
    logStreams: items.map(({ name, createdAt, firstAt, lastAt }) => ({
      logStreamName: name,
      creationTime: createdAt,
      firstEventTimestamp: firstAt,
      lastEventTimestamp: lastAt,
      lastIngestionTime: lastAt,
      arn: kernel.arn('logs', `log-group:${group.name}:log-stream:${name}`),
      storedBytes: 0,
    })),
    ...(nextToken === undefined ? {} : { nextToken }),
  };
}
