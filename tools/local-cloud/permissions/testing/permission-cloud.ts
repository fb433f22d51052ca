import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvokeCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { type LocalCloud, startLocalCloud } from '../../index.ts';
import { queuePolicy, role } from '../../testing/permission-resources.ts';

const arnOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
const allow = (Action: string | string[], Resource: unknown) => ({
  Effect: 'Allow',
  Action,
  Resource,
});
const keys = (prefix: string) => ({ 'Fn::Join': ['', [arnOf('Bucket'), `/${prefix}/*`]] });
const rule = (Schedule: string, queue: string) => ({
  Type: 'AWS::Events::Rule',
  Properties: {
    Name: `${queue}-rule`,
    ScheduleExpression: Schedule,
    Targets: [{ Id: 'queue', Arn: arnOf(queue) }],
  },
});
const reveal = (Role: object) => ({
  Type: 'AWS::Lambda::Function',
  Metadata: { 'triptych:artifact': 'app' },
  Properties: { Runtime: 'nodejs24.x', Handler: 'index.reveal', Role, Code: { ZipFile: 'x' } },
});

const resources = {
  Table: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      TableName: 'items',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    },
  },
  Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'pictures' } },
  Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'admitted' } },
  Closed: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'closed' } },
  QueueRule: rule('rate(1 hour)', 'Queue'),
  ClosedRule: rule('rate(1 hour)', 'Closed'),
  ...queuePolicy('Queue', 'QueueRule'),
  ...role('Reader', [
    allow('dynamodb:GetItem', arnOf('Table')),
    allow(['s3:GetObject', 's3:PutObject'], keys('open')),
    allow('s3:GetObject', keys('listed')),
  ]),
  ...role('Lister', [allow('s3:GetObject', keys('open')), allow('s3:ListBucket', arnOf('Bucket'))]),
  Reading: reveal(arnOf('Reader')),
  Listing: reveal(arnOf('Lister')),
};

/** A function that returns its credentials, so that the tests can call with them. */
const handler = `export const reveal = async () => ({
  accessKeyId: process.env.AWS_ACCESS_KEY_ID,
  secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY,
  sessionToken: process.env.AWS_SESSION_TOKEN,
});`;

/** Credentials of a client. */
export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}
/** May do everything. */
export const OPERATOR = { accessKeyId: 'test', secretAccessKey: 'test' };

/** A local cloud with two functions, whose roles differ, and the credentials of each. */
export interface PermissionCloud {
  readonly cloud: LocalCloud;
  /** The text of every log line. */
  readonly lines: readonly string[];
  /** May get an item of the table `items`, and read and write `open/` of the bucket `pictures`. */
  readonly reader: Keys;
  /** May read `open/` and list the bucket. */
  readonly lister: Keys;
  /** Settings of a client that acts with some credentials. */
  as(credentials: Keys): object;
  /** Closes a client at the end. */
  client<Client extends { destroy(): void }>(made: Client): Client;
  stop(): Promise<void>;
}

/** Starts the cloud, with the object `open/a` in the bucket. */
export async function startPermissionCloud(): Promise<PermissionCloud> {
  const root = await mkdtemp(join(tmpdir(), 'permissions-'));
  await mkdir(join(root, 'app'));
  await writeFile(join(root, 'app/index.mjs'), handler);
  await writeFile(join(root, 'shop.json'), JSON.stringify({ Resources: resources }));
  const shop = { type: 'aws:cloudformation:stack', properties: { templateFile: 'shop.json' } };
  await writeFile(join(root, 'manifest.json'), JSON.stringify({ artifacts: { shop } }));
  const lines: string[] = [];
  const clients: { destroy(): void }[] = [];
  const cloud = await startLocalCloud({ root, log: ({ text }) => void lines.push(text) });
  await cloud.deploy(root);
  const as = (credentials: Keys) => ({
    endpoint: cloud.endpointUrl,
    region: 'us-east-1',
    credentials,
    maxAttempts: 1,
    forcePathStyle: true,
  });
  const client = <Client extends { destroy(): void }>(made: Client): Client => {
    clients.push(made);
    return made;
  };
  const lambda = client(new LambdaClient(as(OPERATOR)));
  const reader = await credentialsOf(lambda, 'Reading');
  const lister = await credentialsOf(lambda, 'Listing');
  const s3 = client(new S3Client(as(OPERATOR)));
  await s3.send(new PutObjectCommand({ Bucket: 'pictures', Key: 'open/a', Body: 'a' }));
  return {
    ...{ cloud, lines, reader, lister, as, client },
    async stop() {
      for (const one of clients) one.destroy();
      await cloud.stop();
      await rm(root, { recursive: true });
    },
  };
}

/** The credentials of a function, by its logical id. */
async function credentialsOf(lambda: LambdaClient, logicalId: string): Promise<Keys> {
  const { Functions = [] } = await lambda.send(new ListFunctionsCommand({}));
  const { FunctionName } = Functions.find((one) => one.FunctionName?.includes(logicalId)) ?? {};
  const { Payload } = await lambda.send(new InvokeCommand({ FunctionName }));
  return JSON.parse(Buffer.from(Payload ?? []).toString()) as Keys;
}
