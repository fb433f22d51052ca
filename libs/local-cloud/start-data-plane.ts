import { createKernel } from './create-kernel.ts';
import { createDataServices } from './data-services.ts';
import type { Misbehaviour, ResourceProvider, Services } from './kernel.ts';
import { openEndpoint } from './open-endpoint.ts';

/** Tables, buckets, queues and buses on an endpoint of their own, without templates: for tests of adapters. */
export interface DataPlane {
  readonly endpointUrl: string;
  /** What a process needs to find and be let into it: region, credentials, `AWS_ENDPOINT_URL`. */
  readonly environment: Readonly<Record<string, string>>;
  readonly services: Pick<Services, 'sqs' | 'events' | 's3' | 'dynamodb' | 'secrets'>;
  /** The table shape every context uses, or that of the `limits` table; returns the name. */
  createTable(shape: { name: string; limits?: boolean }): Promise<string>;
  /** Its object-created events appear on the default bus; returns the name. */
  createBucket(name: string, properties?: Record<string, unknown>): Promise<string>;
  /** Properties as in AWS::SQS::Queue; returns the queue's URL. */
  createQueue(name: string, properties?: Record<string, unknown>): Promise<string>;
  /** Returns the name. */
  createBus(name: string): Promise<string>;
  /** Sends the events of a bus that match `pattern` to a queue. */
  createRule(rule: { bus: string; pattern: object; queueUrl: string }): Promise<void>;
  /** Properties as in AWS::SecretsManager::Secret; returns the ARN. */
  createSecret(properties: Record<string, unknown>): Promise<string>;
  misbehave(partial: Partial<Misbehaviour>): void;
  stop(): Promise<void>;
}

/** Starts a data plane on `port`, by default any free one. Several may run side by side. */
export async function startDataPlane(options: { port?: number } = {}): Promise<DataPlane> {
  const owned = createKernel({ root: process.cwd() });
  const { kernel } = owned;
  const endpoint = await openEndpoint(owned, options.port ?? 0);
  const data = createDataServices(kernel);
  owned.provide(data.services);
  endpoint.serve(data.wires);
  data.start();

  let made = 0;
  const make = async (type: string, properties: Record<string, unknown>): Promise<string> => {
    const provider = data.providers.find((one) => one.type === type) as ResourceProvider;
    made += 1;
    const logicalId = `Resource${made}`;
    const context = { stack: 'data-plane', logicalId, properties, metadata: {}, kernel };
    return (await provider.create(context)).physicalId;
  };
  return {
    endpointUrl: kernel.endpointUrl,
    environment: kernel.awsEnvironment(),
    services: data.services,
    createTable: ({ name, limits }) =>
      make('AWS::DynamoDB::Table', limits ? limitsTable(name) : contextTable(name)),
    createBucket: (name, properties) =>
      make('AWS::S3::Bucket', {
        BucketName: name,
        NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
        ...properties,
      }),
    createQueue: (name, properties) => make('AWS::SQS::Queue', { QueueName: name, ...properties }),
    createBus: (name) => make('AWS::Events::EventBus', { Name: name }),
    createRule: async ({ bus, pattern, queueUrl }) => {
      const Arn = kernel.arn('sqs', queueUrl.slice(queueUrl.lastIndexOf('/') + 1));
      const Targets = [{ Id: 'queue', Arn }];
      await make('AWS::Events::Rule', { EventBusName: bus, EventPattern: pattern, Targets });
    },
    createSecret: (properties) => make('AWS::SecretsManager::Secret', properties),
    misbehave: (partial) => owned.misbehaviour.change(partial),
    stop: async () => {
      data.stop();
      await endpoint.stop();
    },
  };
}

/** Keys pk and sk, one index gsi1, TTL `expiresAt`, a stream of new images. */
function contextTable(name: string): Record<string, unknown> {
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['pk', 'sk', 'gsi1pk', 'gsi1sk'].map(text),
    KeySchema: keys('pk', 'sk'),
    GlobalSecondaryIndexes: [
      {
        IndexName: 'gsi1',
        KeySchema: keys('gsi1pk', 'gsi1sk'),
        Projection: { ProjectionType: 'ALL' },
      },
    ],
    TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
  };
}

/** The shape that rate-limiter-flexible demands. */
function limitsTable(name: string): Record<string, unknown> {
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [text('key')],
    KeySchema: [{ AttributeName: 'key', KeyType: 'HASH' }],
    TimeToLiveSpecification: { AttributeName: 'expire', Enabled: true },
  };
}

function text(AttributeName: string) {
  return { AttributeName, AttributeType: 'S' };
}

function keys(hash: string, range: string) {
  return [
    { AttributeName: hash, KeyType: 'HASH' },
    { AttributeName: range, KeyType: 'RANGE' },
  ];
}
