import * as cloudformation from '@aws-sdk/client-cloudformation';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as streams from '@aws-sdk/client-dynamodb-streams';
import * as eventbridge from '@aws-sdk/client-eventbridge';
import * as lambda from '@aws-sdk/client-lambda';
import * as s3 from '@aws-sdk/client-s3';
import * as secrets from '@aws-sdk/client-secrets-manager';
import * as sfn from '@aws-sdk/client-sfn';
import * as sqs from '@aws-sdk/client-sqs';
import * as sts from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLOUDFORMATION_MEMBERS } from './cloudformation/members.ts';
import { cloudFormationWire } from './cloudformation/wire.ts';
import { createServices } from './create-services.ts';
import { createDynamo } from './dynamodb/index.ts';
import { DYNAMODB_MEMBERS, STREAMS_MEMBERS } from './dynamodb/members.ts';
import type { Endpoint, MemberTable, RestMemberTable } from './endpoint/index.ts';
import { createEvents } from './events/index.ts';
import { EVENTS_MEMBERS } from './events/members.ts';
import { createLambda } from './lambda/index.ts';
import { LAMBDA_MEMBERS } from './lambda/members.ts';
import { createLogs, LogStore } from './logs/index.ts';
import { LOGS_MEMBERS } from './logs/members.ts';
import { createS3 } from './s3/index.ts';
import { S3_MEMBERS } from './s3/members.ts';
import { createSecrets } from './secrets/index.ts';
import { SECRETS_MEMBERS } from './secrets/members.ts';
import { createSqs } from './sqs/index.ts';
import { SQS_MEMBERS } from './sqs/members.ts';
import { createStepFunctions } from './step-functions/index.ts';
import { STATES_MEMBERS } from './step-functions/members.ts';
import { createSts } from './sts/index.ts';
import { STS_MEMBERS } from './sts/members.ts';
import {
  compareWithModel,
  inputSchema,
  type ModelMember,
  sampleInput,
} from './testing/sdk-model.ts';
import { clientSettings, startTestEndpoint, testKernel } from './testing/test-kernel.ts';

interface Client {
  send(command: object): Promise<unknown>;
  destroy(): void;
}
interface Service {
  /** The module of the SDK's client, which exports the model as schemas. */
  readonly sdk: object;
  readonly client: (settings: object) => Client;
  readonly members: MemberTable | RestMemberTable;
  /** Members that the SDK cannot send here. */
  readonly notSent?: readonly string[];
}

const SERVICES: Record<string, Service> = {
  DynamoDB: {
    sdk: dynamodb,
    client: (settings) => new dynamodb.DynamoDBClient(settings) as Client,
    members: DYNAMODB_MEMBERS,
  },
  'DynamoDB Streams': {
    sdk: streams,
    client: (settings) => new streams.DynamoDBStreamsClient(settings) as Client,
    members: STREAMS_MEMBERS,
  },
  SQS: {
    sdk: sqs,
    client: (settings) => new sqs.SQSClient(settings) as Client,
    members: SQS_MEMBERS,
  },
  S3: {
    sdk: s3,
    client: (settings) => new s3.S3Client(settings) as Client,
    members: S3_MEMBERS,
  },
  Lambda: {
    sdk: lambda,
    client: (settings) => new lambda.LambdaClient(settings) as Client,
    members: LAMBDA_MEMBERS,
  },
  EventBridge: {
    sdk: eventbridge,
    client: (settings) => new eventbridge.EventBridgeClient(settings) as Client,
    members: EVENTS_MEMBERS,
    // The SDK signs it with Signature Version 4a, which is a package of its own.
    notSent: ['EndpointId'],
  },
  'Secrets Manager': {
    sdk: secrets,
    client: (settings) => new secrets.SecretsManagerClient(settings) as Client,
    members: SECRETS_MEMBERS,
  },
  'Step Functions': {
    sdk: sfn,
    client: (settings) => new sfn.SFNClient(settings) as Client,
    members: STATES_MEMBERS,
  },
  CloudFormation: {
    sdk: cloudformation,
    client: (settings) => new cloudformation.CloudFormationClient(settings) as Client,
    members: CLOUDFORMATION_MEMBERS,
  },
  STS: {
    sdk: sts,
    client: (settings) => new sts.STSClient(settings) as Client,
    members: STS_MEMBERS,
  },
  'CloudWatch Logs': {
    sdk: logs,
    client: (settings) => new logs.CloudWatchLogsClient(settings) as Client,
    members: LOGS_MEMBERS,
  },
};

/** Services that the SDK for JavaScript has no client for. Their own tests send every call. */
const WITHOUT_CLIENT = ['lambda-web'];

const kernel = testKernel();
const dynamo = createDynamo(kernel);
const buckets = createS3(kernel);
// Requests with a body are checked after their bucket is found.
buckets.createBucket('sample');
const services = [
  ...[dynamo, createSqs(kernel), buckets, createLambda(kernel), createEvents(kernel)],
  ...[createSecrets(kernel), createSts(kernel), createLogs(kernel, new LogStore())],
  createStepFunctions(kernel),
];
let endpoint: Endpoint;

beforeAll(async () => {
  endpoint = await startTestEndpoint(kernel, [
    ...services.map((service) => service.wire),
    cloudFormationWire(new Map()),
  ]);
});
afterAll(async () => {
  dynamo.stop();
  await endpoint.stop();
});

it('covers every call of every service', () => {
  const { data, aws } = createServices(kernel, new LogStore());
  data.stop();
  const compared = Object.values(SERVICES).flatMap(({ members }) => Object.keys(members));
  const withClient = aws.filter(({ name }) => !WITHOUT_CLIENT.includes(name));
  expect(withClient.flatMap(({ calls }) => calls).sort()).toEqual(compared.sort());
});

describe.each(Object.entries(SERVICES))('%s', (_name, { sdk, client, members, notSent = [] }) => {
  const operations = Object.entries(members).map(([operation, declared]) => {
    const schema = inputSchema(sdk, operation);
    return { operation, schema, ...compareWithModel(schema, declared) };
  });

  it('declares only request members that the model has, in its structure', () => {
    const faults = operations.flatMap(({ operation, faults }) =>
      faults.map((fault) => `${operation}: ${fault}`),
    );
    expect(faults).toEqual([]);
  });

  it('gives a reason for each request member that it ignores', () => {
    expect(reasons(members).filter((reason) => reason.length < 10)).toEqual([]);
  });

  it('rejects by name each request member that it does not declare', async () => {
    const sender = client({ ...clientSettings(endpoint), maxAttempts: 1 });
    const accepted: string[] = [];
    for (const { operation, schema, refused } of operations) {
      for (const member of refused.filter(({ path }) => !notSent.includes(path.join('.')))) {
        const error = await failure(
          sender,
          command(sdk, operation, sampleInput(schema, member.path)),
        );
        if (!names(error, member)) accepted.push(`${operation} ${member.path.join('.')}: ${error}`);
      }
    }
    sender.destroy();
    expect(accepted).toEqual([]);
  });
});

/** The failure of a HEAD request for something that is not supported. */
const HEAD_REJECTED = 'not implemented';

function command(sdk: object, operation: string, input: unknown): object {
  const Command = (sdk as Record<string, new (input: unknown) => object>)[`${operation}Command`];
  if (!Command) throw new Error(`The SDK has no ${operation}Command`);
  return new Command(input);
}

async function failure(client: Client, command: object): Promise<string> {
  try {
    await client.send(command);
    return 'accepted';
  } catch (error) {
    const { message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
    // The response to HEAD has no body, so that the status says everything.
    if (message === 'UnknownError' && $metadata?.httpStatusCode === 501) return HEAD_REJECTED;
    return message;
  }
}

/** Whether an error says that the member is not supported, by its name or its header. */
function names(error: string, { path, binding }: ModelMember): boolean {
  const name = binding === undefined ? path.join('.') : (binding.split(' ')[1] ?? '');
  if (error === HEAD_REJECTED) return true;
  return /^The local cloud does not support /.test(error) && error.includes(name);
}

function reasons(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) =>
    name === 'ignored' && typeof one === 'string' ? [one] : reasons(one),
  );
}
