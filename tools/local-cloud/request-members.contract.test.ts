import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as streams from '@aws-sdk/client-dynamodb-streams';
import * as sqs from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDynamo } from './dynamodb/index.ts';
import { DYNAMODB_MEMBERS } from './dynamodb/members.ts';
import type { Endpoint, MemberTable, RestMemberTable } from './endpoint/index.ts';
import { createSqs } from './sqs/index.ts';
import { SQS_MEMBERS } from './sqs/members.ts';
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
    members: {},
  },
  SQS: {
    sdk: sqs,
    client: (settings) => new sqs.SQSClient(settings) as Client,
    members: SQS_MEMBERS,
  },
};

const kernel = testKernel();
const dynamo = createDynamo(kernel);
let endpoint: Endpoint;

beforeAll(async () => {
  endpoint = await startTestEndpoint(kernel, [dynamo.wire, createSqs(kernel).wire]);
});
afterAll(async () => {
  dynamo.stop();
  await endpoint.stop();
});

describe.each(Object.entries(SERVICES))('%s', (_name, { sdk, client, members }) => {
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
      for (const member of refused) {
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
    return (error as Error).message;
  }
}

/** Whether an error says that the member is not supported, by its name or its header. */
function names(error: string, { path, binding }: ModelMember): boolean {
  const name = binding === undefined ? path.join('.') : (binding.split(' ')[1] ?? '');
  return /^The local cloud does not support /.test(error) && error.includes(name);
}

function reasons(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) =>
    name === 'ignored' && typeof one === 'string' ? [one] : reasons(one),
  );
}
