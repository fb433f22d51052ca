import type { DataPlane } from '@triptych/platform/testing/data-plane';
import { createKernel } from '../create-kernel.ts';
import { createDataServices } from '../data-services.ts';
import type { Misbehaviour, ResourceProvider, Services } from '../kernel.ts';
import { openEndpoint } from '../open-endpoint.ts';
import { contextTable, limitsTable } from './table-shapes.ts';

/** A data plane of the local cloud in this process, with access to its services. */
export interface LocalDataPlane extends DataPlane {
  readonly services: Pick<Services, 'sqs' | 'events' | 's3' | 'dynamodb' | 'secrets'>;
  misbehave(partial: Partial<Misbehaviour>): void;
}

/** Starts a data plane of the local cloud on any free port. Several can run at the same time. */
export async function startLocalDataPlane(): Promise<LocalDataPlane> {
  const owned = createKernel({ root: process.cwd() });
  const { kernel } = owned;
  const endpoint = await openEndpoint(owned, 0);
  const data = createDataServices(kernel);
  const { services } = data;
  owned.provide(services);
  endpoint.serve(data.wires);
  data.start();

  let created = 0;
  const create = async (type: string, properties: object): Promise<string> => {
    const provider = data.providers.find((one) => one.type === type) as ResourceProvider;
    created += 1;
    const context = { stack: 'data-plane', logicalId: `Resource${created}`, metadata: {}, kernel };
    return (await provider.create({ ...context, properties: { ...properties } })).physicalId;
  };
  const queueArn = (url: string) => kernel.arn('sqs', url.slice(url.lastIndexOf('/') + 1));
  return {
    endpointUrl: kernel.endpointUrl,
    environment: kernel.awsEnvironment(),
    services,
    createTable: ({ name, limits }) =>
      create('AWS::DynamoDB::Table', limits ? limitsTable(name) : contextTable(name)),
    createBucket: (name) =>
      create('AWS::S3::Bucket', {
        BucketName: name,
        NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
      }),
    createQueue: (name, properties) =>
      create('AWS::SQS::Queue', { QueueName: name, ...properties }),
    createBus: (name) => create('AWS::Events::EventBus', { Name: name }),
    createRule: async ({ bus, pattern, queueUrl }) => {
      const Targets = [{ Id: 'queue', Arn: queueArn(queueUrl) }];
      await create('AWS::Events::Rule', { EventBusName: bus, EventPattern: pattern, Targets });
    },
    createSecret: (secret) => create('AWS::SecretsManager::Secret', secret),
    objectIn: async (bucket, key) => services.s3.get(bucket, key),
    messagesIn: async (url) => {
      const { visible, inFlight, delayed } = services.sqs.depths()[queueArn(url)] ?? EMPTY_QUEUE;
      return visible + inFlight + delayed;
    },
    takeMessage: async (url, withinMs) =>
      (await services.sqs.receive(queueArn(url), 1, withinMs))[0]?.body,
    misbehave: (partial) => owned.misbehaviour.change(partial),
    stop: async () => {
      data.stop();
      await endpoint.stop();
    },
  };
}

const EMPTY_QUEUE = { visible: 0, inFlight: 0, delayed: 0 };
