import {
  CloudFormationClient,
  type StackEvent as CloudFormationEvent,
  type CloudFormationServiceException,
  DeleteStackCommand,
  GetTemplateCommand,
  paginateDescribeStackEvents,
  paginateDescribeStacks,
  paginateListStackResources,
  paginateListStacks,
  type Stack,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import {
  paginateGetResources,
  ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { S3Client } from '@aws-sdk/client-s3';
import { BOOTSTRAP_STACK } from '@triptych/build/run-cdk';
import type {
  DeployedStack,
  StackEvent,
  StackResource,
  Stacks,
  TaggedResource,
  Template,
} from '../ports.ts';
import { emptyBucket, hasObject, putObject, storeTemplate } from './buckets.ts';

/** Longer template bodies must be in S3 (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html). */
const MAX_BODY_BYTES = 51_200;
/** More than the events of one operation on the largest stack. */
const MAX_EVENTS = 500;

/** The stacks of an account and region, with the credentials and the endpoint of the environment. */
export function cloudFormationStacks(region: string): Stacks & { close(): void } {
  const client = new CloudFormationClient({ region });
  const s3 = new S3Client({ region });
  const tagging = new ResourceGroupsTaggingAPIClient({ region });
  // Resources without a region, such as a distribution, are listed in us-east-1 only.
  const global = new ResourceGroupsTaggingAPIClient({ region: 'us-east-1' });
  const describe = (name?: string) => describeStacks(client, name);
  return {
    list: async () => (await describe()).filter(exists),
    find: async (name) => (await describe(name)).find(exists),
    deleted: (prefix) => describeDeleted(client, prefix),
    template: (name) => readTemplate(client, name),
    resources: (name) => listResources(client, name),
    events: (name) => readEvents(client, name),
    delete: async (StackName) => {
      await client.send(new DeleteStackCommand({ StackName }));
    },
    update: (name, template, tags) => updateStack({ client, s3, name, template, tags }),
    emptyBucket: (bucket) => emptyBucket(s3, bucket),
    hasObject: (bucket, key) => hasObject(s3, bucket, key),
    putObject: (bucket, key, content) => putObject(s3, bucket, key, content),
    tagged: async (tags) => {
      const clients = region === 'us-east-1' ? [tagging] : [tagging, global];
      const found = await Promise.all(clients.map((one) => taggedWith(one, tags)));
      return [...new Map(found.flat().map((one) => [one.arn, one])).values()];
    },
    close: () => {
      for (const one of [client, s3, tagging, global]) one.destroy();
    },
  };
}

function toDeployed(stack: Stack): DeployedStack {
  const changedAt = stack.LastUpdatedTime ?? stack.CreationTime;
  return {
    name: stack.StackName ?? '',
    id: stack.StackId ?? '',
    status: stack.StackStatus ?? '',
    tags: Object.fromEntries((stack.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
    outputs: Object.fromEntries(
      (stack.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
    ),
    ...(changedAt ? { changedAt } : {}),
  };
}

async function describeStacks(
  client: CloudFormationClient,
  StackName?: string,
): Promise<DeployedStack[]> {
  const found: DeployedStack[] = [];
  try {
    const input = StackName === undefined ? {} : { StackName };
    for await (const { Stacks = [] } of paginateDescribeStacks({ client }, input)) {
      found.push(...Stacks.map(toDeployed));
    }
  } catch (error) {
    if (StackName === undefined || !isMissing(error)) throw error;
  }
  return found;
}

const exists = ({ status }: DeployedStack) => status !== 'DELETE_COMPLETE';

async function describeDeleted(
  client: CloudFormationClient,
  prefix: string,
): Promise<DeployedStack[]> {
  const found: DeployedStack[] = [];
  const filter = { StackStatusFilter: ['DELETE_COMPLETE' as const] };
  for await (const { StackSummaries = [] } of paginateListStacks({ client }, filter)) {
    for (const { StackName = '', StackId } of StackSummaries) {
      if (StackName.startsWith(prefix) && StackId) {
        found.push(...(await describeStacks(client, StackId)));
      }
    }
  }
  return found.reverse();
}

function isMissing(error: unknown): boolean {
  return /does not exist/.test((error as CloudFormationServiceException).message ?? '');
}

async function readTemplate(client: CloudFormationClient, StackName: string): Promise<Template> {
  const { TemplateBody = '{}' } = await client.send(
    new GetTemplateCommand({ StackName, TemplateStage: 'Original' }),
  );
  // A stack whose creation failed before its first resource may have no template.
  return { Resources: {}, ...(JSON.parse(TemplateBody) as Partial<Template>) };
}

async function listResources(
  client: CloudFormationClient,
  StackName: string,
): Promise<StackResource[]> {
  const found: StackResource[] = [];
  for await (const page of paginateListStackResources({ client }, { StackName })) {
    for (const one of page.StackResourceSummaries ?? []) {
      found.push({
        logicalId: one.LogicalResourceId ?? '',
        type: one.ResourceType ?? '',
        physicalId: one.PhysicalResourceId ?? '',
        status: one.ResourceStatus ?? '',
      });
    }
  }
  return found;
}

async function readEvents(client: CloudFormationClient, StackName: string): Promise<StackEvent[]> {
  const found: StackEvent[] = [];
  try {
    for await (const page of paginateDescribeStackEvents({ client }, { StackName })) {
      found.push(...(page.StackEvents ?? []).map(toEvent));
      if (found.length >= MAX_EVENTS) break;
    }
  } catch (error) {
    // By name, a deleted stack has no events.
    if (!isMissing(error)) throw error;
  }
  return found;
}

function toEvent(event: CloudFormationEvent): StackEvent {
  return {
    id: event.EventId ?? '',
    at: event.Timestamp ?? new Date(0),
    logicalId: event.LogicalResourceId ?? '',
    physicalId: event.PhysicalResourceId ?? '',
    type: event.ResourceType ?? '',
    status: event.ResourceStatus ?? '',
    ...(event.ResourceStatusReason ? { reason: event.ResourceStatusReason } : {}),
  };
}

async function updateStack(options: {
  client: CloudFormationClient;
  s3: S3Client;
  name: string;
  template: Template;
  tags: Readonly<Record<string, string>>;
}): Promise<boolean> {
  const { client, s3, name, template, tags } = options;
  const body = JSON.stringify(template);
  const long = Buffer.byteLength(body) > MAX_BODY_BYTES;
  const [bootstrap] = long ? await describeStacks(client, BOOTSTRAP_STACK) : [];
  const source = long
    ? { TemplateURL: await storeTemplate(s3, bootstrap?.outputs.BucketName ?? '', body) }
    : { TemplateBody: body };
  try {
    await client.send(
      new UpdateStackCommand({
        StackName: name,
        ...source,
        Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'],
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      }),
    );
    return true;
  } catch (error) {
    if (/No updates are to be performed/.test((error as Error).message)) return false;
    throw error;
  }
}

async function taggedWith(
  client: ResourceGroupsTaggingAPIClient,
  tags: Readonly<Record<string, string>>,
): Promise<TaggedResource[]> {
  const found: TaggedResource[] = [];
  const TagFilters = Object.entries(tags).map(([Key, Value]) => ({ Key, Values: [Value] }));
  for await (const page of paginateGetResources({ client }, { TagFilters })) {
    for (const { ResourceARN = '', Tags = [] } of page.ResourceTagMappingList ?? []) {
      const own = Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value]));
      found.push({ arn: ResourceARN, tags: own });
    }
  }
  return found;
}
