import {
  CloudFormationClient,
  DescribeStackEventsCommand,
  DescribeStackResourceCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  ListExportsCommand,
  ListImportsCommand,
  ListStackResourcesCommand,
  ListStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Endpoint } from '../endpoint/index.ts';
import { clientSettings, startTestEndpoint, testKernel } from '../testing/test-kernel.ts';
import type { Stacks } from './deploy.ts';
import type { DeployedStack } from './stack.ts';
import { changeStackStatus, recordEvent } from './stack-events.ts';
import { cloudFormationWire } from './wire.ts';

const kernel = testKernel();
const stacks: Stacks = new Map();
let endpoint: Endpoint;
let client: CloudFormationClient;

beforeAll(async () => {
  stacks.set('queues', stack('queues', 150));
  stacks.set('broken', stack('broken', 1));
  changeStackStatus(stacks.get('queues') as DeployedStack, 'CREATE_COMPLETE');
  changeStackStatus(stacks.get('broken') as DeployedStack, 'CREATE_FAILED', 'it broke');
  endpoint = await startTestEndpoint(kernel, [cloudFormationWire(stacks)]);
  client = new CloudFormationClient({ ...clientSettings(endpoint), maxAttempts: 1 });
});

afterAll(async () => {
  client.destroy();
  await endpoint.stop();
});

/** A stack with a number of queues. */
function stack(name: string, queues: number): DeployedStack {
  const created: DeployedStack = {
    name,
    id: kernel.arn('cloudformation', `stack/${name}/1`),
    createdAt: new Date(),
    status: 'CREATE_IN_PROGRESS',
    resources: new Map(),
    imports: new Set(),
    outputs: [{ key: 'Arn', value: 'arn', exportName: `${name}:arn` }],
    events: [],
  };
  for (let number = 0; number < queues; number += 1) {
    const [logicalId, physicalId] = [`Queue${number}`, `${name}-${number}`];
    const status = 'CREATE_COMPLETE';
    const type = 'AWS::SQS::Queue';
    const resource = { type, status, created: { physicalId }, createdAt: new Date() } as const;
    created.resources.set(logicalId, resource);
    recordEvent(created, { logicalId, physicalId, type, status });
  }
  return created;
}

describe("CloudFormation's read calls", () => {
  it('list stacks, newest first, and by status', async () => {
    const all = await client.send(new ListStacksCommand({}));
    expect(all.StackSummaries?.map(({ StackName }) => StackName)).toEqual(['broken', 'queues']);
    const failed = await client.send(
      new ListStacksCommand({ StackStatusFilter: ['CREATE_FAILED', 'DELETE_COMPLETE'] }),
    );
    expect(failed.StackSummaries).toMatchObject([
      { StackName: 'broken', StackStatus: 'CREATE_FAILED', StackStatusReason: 'it broke' },
    ]);
  });

  it('list the resources of a stack in pages', async () => {
    const first = await client.send(new ListStackResourcesCommand({ StackName: 'queues' }));
    expect(first.StackResourceSummaries).toHaveLength(100);
    const { NextToken } = first;
    const second = await client.send(
      new ListStackResourcesCommand({ StackName: 'queues', NextToken }),
    );
    expect(second.StackResourceSummaries).toHaveLength(50);
    expect(second.NextToken).toBeUndefined();
    await expect(
      client.send(new ListStackResourcesCommand({ StackName: 'broken', NextToken })),
    ).rejects.toThrow('Invalid NextToken');
  });

  it('describe the events of a stack, newest first', async () => {
    const { StackEvents } = await client.send(
      new DescribeStackEventsCommand({ StackName: 'broken' }),
    );
    expect(StackEvents).toMatchObject([
      {
        LogicalResourceId: 'broken',
        ResourceType: 'AWS::CloudFormation::Stack',
        ResourceStatus: 'CREATE_FAILED',
        ResourceStatusReason: 'it broke',
      },
      { LogicalResourceId: 'Queue0', PhysicalResourceId: 'broken-0' },
    ]);
  });

  it('find a stack by the physical id of a resource', async () => {
    const found = await client.send(
      new DescribeStackResourcesCommand({ PhysicalResourceId: 'broken-0' }),
    );
    expect(found.StackResources).toMatchObject([{ StackName: 'broken' }]);
    const one = await client.send(
      new DescribeStackResourceCommand({ StackName: 'queues', LogicalResourceId: 'Queue7' }),
    );
    expect(one.StackResourceDetail).toMatchObject({ PhysicalResourceId: 'queues-7' });
    await expect(
      client.send(new DescribeStackResourcesCommand({ PhysicalResourceId: 'nothing' })),
    ).rejects.toMatchObject({ name: 'ValidationError' });
    await expect(client.send(new DescribeStackResourcesCommand({}))).rejects.toMatchObject({
      name: 'ValidationError',
    });
  });

  it('list exports', async () => {
    const { Exports } = await client.send(new ListExportsCommand({}));
    expect(Exports?.map(({ Name }) => Name)).toEqual(['queues:arn', 'broken:arn']);
  });

  it('rejects an unknown stack and an unsupported call by name', async () => {
    const unknown = client.send(new DescribeStacksCommand({ StackName: 'nobody' }));
    await expect(unknown).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringContaining('nobody'),
    });
    const unsupported = client.send(new ListImportsCommand({ ExportName: 'a' }));
    await expect(unsupported).rejects.toThrow('ListImports');
  });
});
