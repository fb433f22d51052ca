import {
  DescribeEventBusCommand,
  DescribeRuleCommand,
  EventBridgeClient,
  ListEventBusesCommand,
  ListRuleNamesByTargetCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Endpoint } from '../endpoint/index.ts';
import { clientSettings, startTestEndpoint, testKernel } from '../testing/test-kernel.ts';
import { createEvents } from './index.ts';

const kernel = testKernel();
const events = createEvents(kernel);
const Arn = kernel.arn('sqs', 'orders');
let endpoint: Endpoint;
let client: EventBridgeClient;

beforeAll(async () => {
  endpoint = await startTestEndpoint(kernel, [events.wire]);
  client = new EventBridgeClient({ ...clientSettings(endpoint), maxAttempts: 1 });
  const create = (type: string, properties: Record<string, unknown>) =>
    events.providers
      .find((provider) => provider.type === type)
      ?.create({ stack: 's', logicalId: 'L', properties, metadata: {}, kernel });
  await create('AWS::Events::EventBus', { Name: 'shop' });
  for (const Name of ['b', 'a', 'c']) {
    await create('AWS::Events::Rule', {
      ...{ Name, EventBusName: 'shop', EventPattern: { source: [Name] } },
      Targets: [{ Id: 't', Arn, InputPath: '$.detail' }],
    });
  }
  await create('AWS::Events::Rule', { Name: 'daily', ScheduleExpression: 'rate(1 day)' });
});
afterAll(async () => {
  client.destroy();
  events.stop();
  await endpoint.stop();
});

const EventBusName = 'shop';

describe("EventBridge's read calls", () => {
  it('list the rules of a bus in pages', async () => {
    const first = await client.send(new ListRulesCommand({ EventBusName, Limit: 2 }));
    expect(first.Rules).toMatchObject([
      { Name: 'a', EventPattern: '{"source":["a"]}', State: 'ENABLED', EventBusName },
      { Name: 'b' },
    ]);
    const { NextToken } = first;
    const second = await client.send(new ListRulesCommand({ EventBusName, NextToken }));
    expect(second.Rules?.map(({ Name }) => Name)).toEqual(['c']);
    const onDefault = await client.send(new ListRulesCommand({}));
    expect(onDefault.Rules).toMatchObject([{ Name: 'daily', ScheduleExpression: 'rate(1 day)' }]);
    await expect(client.send(new ListRulesCommand({ EventBusName: 'none' }))).rejects.toMatchObject(
      { name: 'ResourceNotFoundException' },
    );
  });

  it('describe a rule and its targets', async () => {
    const rule = await client.send(new DescribeRuleCommand({ Name: 'a', EventBusName }));
    expect(rule).toMatchObject({ Name: 'a', Arn: kernel.arn('events', 'rule/shop/a') });
    const { Targets } = await client.send(
      new ListTargetsByRuleCommand({ Rule: 'a', EventBusName }),
    );
    expect(Targets).toEqual([{ Id: 't', Arn, InputPath: '$.detail' }]);
    const { RuleNames } = await client.send(
      new ListRuleNamesByTargetCommand({ TargetArn: Arn, EventBusName }),
    );
    expect(RuleNames).toEqual(['a', 'b', 'c']);
    await expect(client.send(new DescribeRuleCommand({ Name: 'a' }))).rejects.toThrow(
      'Rule a does not exist on EventBus default.',
    );
  });

  it('list and describe buses', async () => {
    const { EventBuses } = await client.send(new ListEventBusesCommand({}));
    expect(EventBuses?.map(({ Name }) => Name)).toEqual(['default', 'shop']);
    const bus = await client.send(new DescribeEventBusCommand({ Name: 'shop' }));
    expect(bus.Arn).toBe(kernel.arn('events', 'event-bus/shop'));
  });

  it('reject an endpoint of several regions by name', async () => {
    const { body, ...request } = {
      ...{ method: 'POST', path: '/', query: new URLSearchParams() },
      headers: { 'x-amz-target': 'AWSEvents.PutEvents' },
      body: Buffer.from('{"EndpointId":"abcde.veo","Entries":[]}'),
    };
    await expect(events.wire.handle({ ...request, body })).rejects.toThrow('EndpointId');
  });

  it('test a pattern', async () => {
    const test = (EventPattern: string) =>
      client.send(
        new TestEventPatternCommand({ EventPattern, Event: '{"detail":{"state":"on"}}' }),
      );
    expect((await test('{"detail.state":["on"]}')).Result).toBe(true);
    expect((await test('{"detail":{"state":["off"]}}')).Result).toBe(false);
    await expect(test('{"detail":{"state":"on"}}')).rejects.toMatchObject({
      name: 'InvalidEventPatternException',
    });
  });
});
