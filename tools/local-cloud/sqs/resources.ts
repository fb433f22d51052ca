import type { ResourceProvider } from '../kernel.ts';
import { physicalName } from '../physical-name.ts';
import type { Queues } from './queues.ts';
import { queueSettings } from './settings.ts';

const UNENCRYPTED = { ignored: 'local data is not encrypted at rest' };

/** The CloudFormation types of SQS. */
export function sqsProviders(queues: Queues): ResourceProvider[] {
  return [
    {
      type: 'AWS::SQS::Queue',
      properties: {
        QueueName: 'honoured',
        VisibilityTimeout: 'honoured',
        DelaySeconds: 'honoured',
        MessageRetentionPeriod: 'honoured',
        MaximumMessageSize: 'honoured',
        ReceiveMessageWaitTimeSeconds: 'honoured',
        RedrivePolicy: 'honoured',
        RedriveAllowPolicy: { ignored: 'every queue may use every dead-letter queue' },
        KmsMasterKeyId: 'honoured',
        KmsDataKeyReusePeriodSeconds: UNENCRYPTED,
        SqsManagedSseEnabled: UNENCRYPTED,
        Tags: { ignored: 'tags have no local effect' },
      },
      async create({ kernel, stack, logicalId, properties }) {
        const name = (properties.QueueName as string) ?? physicalName(stack, logicalId, 80);
        const queue = queues.create(name, queueSettings(properties));
        kernel.permissions.encrypt(queue.arn, properties.KmsMasterKeyId);
        const url = queues.url(queue);
        return {
          physicalId: url,
          attributes: { Arn: queue.arn, QueueName: queue.name, QueueUrl: url },
        };
      },
    },
  ];
}
