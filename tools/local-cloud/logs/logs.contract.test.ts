import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Endpoint } from '../endpoint/index.ts';
import { clientSettings, startTestEndpoint, testKernel } from '../testing/test-kernel.ts';
import { createLogs, LogStore } from './index.ts';

const kernel = testKernel();
const store = new LogStore();
const logGroupName = '/aws/lambda/orders';
let endpoint: Endpoint;
let client: CloudWatchLogsClient;

const add = (at: number, group: string, stream: string, text: string) =>
  store.add({ at, stack: 's', source: 'f', group, stream, text });

beforeAll(async () => {
  endpoint = await startTestEndpoint(kernel, [createLogs(kernel, store).wire]);
  client = new CloudWatchLogsClient({ ...clientSettings(endpoint), maxAttempts: 1 });
  add(1000, logGroupName, 'a', 'START one');
  add(2000, logGroupName, 'b', 'ERROR two broke');
  add(3000, logGroupName, 'a', 'WARN three');
  add(4000, logGroupName, 'a', 'ERROR four');
  add(1000, '/ecs/catalog', 'c', 'listening');
  store.add({ at: 1, stack: 's', source: 'f', text: 'a note of the local cloud' });
});
afterAll(async () => {
  client.destroy();
  await endpoint.stop();
});

describe('log groups and streams', () => {
  it('are described in pages', async () => {
    const first = await client.send(new DescribeLogGroupsCommand({ limit: 1 }));
    expect(first.logGroups).toMatchObject([{ logGroupName, creationTime: 1000 }]);
    const { nextToken } = first;
    const second = await client.send(new DescribeLogGroupsCommand({ nextToken }));
    expect(second.logGroups).toMatchObject([{ logGroupName: '/ecs/catalog' }]);
    expect(second.nextToken).toBeUndefined();
    const found = await client.send(new DescribeLogGroupsCommand({ logGroupNamePattern: 'CAT' }));
    expect(found.logGroups).toHaveLength(1);
  });

  it('are ordered by their last event on request', async () => {
    const { logStreams } = await client.send(
      new DescribeLogStreamsCommand({ logGroupName, orderBy: 'LastEventTime', descending: true }),
    );
    expect(logStreams?.map((stream) => stream.logStreamName)).toEqual(['a', 'b']);
    expect(logStreams?.[0]).toMatchObject({ firstEventTimestamp: 1000, lastEventTimestamp: 4000 });
  });

  it('of a template exist without a line', async () => {
    const cloud = createLogs(kernel, store);
    const [provider] = cloud.providers;
    const context = { stack: 'shop', logicalId: 'Logs', metadata: {}, kernel };
    const created = await provider?.create({ ...context, properties: {} });
    const group = { logGroupName: created?.physicalId };
    expect(created?.attributes?.Arn).toBe(
      `arn:aws:logs:us-east-1:000000000000:log-group:${group.logGroupName}:*`,
    );
    const { logGroups } = await client.send(
      new DescribeLogGroupsCommand({ logGroupNamePrefix: group.logGroupName }),
    );
    expect(logGroups).toMatchObject([{ ...group, storedBytes: 0 }]);
    const { events } = await client.send(new FilterLogEventsCommand(group));
    expect(events).toEqual([]);
    const { logStreams } = await client.send(new DescribeLogStreamsCommand(group));
    expect(logStreams).toEqual([]);
  });

  it('continue after the event time in the token, although its stream has a newer event', async () => {
    const [paged, by] = ['/paged', { orderBy: 'LastEventTime', limit: 1 } as const];
    add(1000, paged, 'a', 'one');
    add(2000, paged, 'b', 'two');
    const list = (more: object) =>
      client.send(new DescribeLogStreamsCommand({ logGroupName: paged, ...by, ...more }));
    const first = await list({});
    add(3000, paged, 'a', 'three');
    const second = await list({ nextToken: first.nextToken });
    expect(second.logStreams?.[0]?.logStreamName).toBe('b');
    await expect(list({ nextToken: first.nextToken, descending: true })).rejects.toThrow(
      'nextToken',
    );
  });

  it('that do not exist are not found', async () => {
    await expect(
      client.send(new FilterLogEventsCommand({ logGroupName: '/none' })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(
      client.send(new GetLogEventsCommand({ logGroupName, logStreamName: 'z' })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

describe('FilterLogEvents', () => {
  const filter = async (more: object) => {
    const { events } = await client.send(new FilterLogEventsCommand({ logGroupName, ...more }));
    return events?.map(({ message }) => message);
  };

  it('returns the events of all streams in order', async () => {
    expect(await filter({})).toEqual(['START one', 'ERROR two broke', 'WARN three', 'ERROR four']);
    expect(await filter({ startTime: 2000, endTime: 4000 })).toHaveLength(2);
    expect(await filter({ logStreamNames: ['b'] })).toEqual(['ERROR two broke']);
  });

  it.each([
    ['ERROR', 2],
    ['ERROR two', 1],
    ['"two broke"', 1],
    ['?WARN ?START', 2],
    ['ERROR -four', 1],
    ['error', 0],
  ])('with the pattern %s finds %d', async (filterPattern, count) => {
    expect(await filter({ filterPattern })).toHaveLength(count);
  });

  it.each(['{ $.a = 1 }', '[a, b]', '%a%', '"open'])('rejects the pattern %s', async (pattern) => {
    await expect(filter({ filterPattern: pattern })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  it('continues by token', async () => {
    const page = await client.send(new FilterLogEventsCommand({ logGroupName, limit: 3 }));
    expect(page.events).toHaveLength(3);
    expect(await filter({ nextToken: page.nextToken })).toEqual(['ERROR four']);
    await expect(filter({ nextToken: 'zzz' })).rejects.toThrow('nextToken');
  });
});

describe('GetLogEvents', () => {
  const get = (more: object) =>
    client.send(new GetLogEventsCommand({ logGroupName, logStreamName: 'a', limit: 2, ...more }));
  const messages = ({ events }: Awaited<ReturnType<typeof get>>) =>
    events?.map(({ message }) => message);

  it('reads from the end, or from the start and on', async () => {
    expect(messages(await get({}))).toEqual(['WARN three', 'ERROR four']);
    const head = await get({ startFromHead: true });
    expect(messages(head)).toEqual(['START one', 'WARN three']);
    const next = await get({ nextToken: head.nextForwardToken });
    expect(messages(next)).toEqual(['ERROR four']);
    const end = await get({ nextToken: next.nextForwardToken });
    expect(messages(end)).toEqual([]);
    expect(end.nextForwardToken).toBe(next.nextForwardToken);
    expect(messages(await get({ nextToken: next.nextBackwardToken }))).toEqual([
      'START one',
      'WARN three',
    ]);
  });
});

describe('the store', () => {
  it('keeps the newest lines of a group', () => {
    const bounded = new LogStore();
    for (let at = 1; at <= 30_000; at += 1) {
      const stream = at <= 10 ? 'old' : 'new';
      bounded.add({ at, stack: 's', source: 'f', group: 'g', stream, text: String(at) });
    }
    const group = bounded.find('g');
    expect(group?.events.length).toBeGreaterThanOrEqual(10_000);
    expect(group?.events.length).toBeLessThanOrEqual(20_001);
    expect(group?.events.at(-1)?.message).toBe('30000');
    expect([...(group?.streams.keys() ?? [])]).toEqual(['new']);
  });
});
