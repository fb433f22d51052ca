import { CfnOutput, Duration, type Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Service } from '../deployment.ts';
import { alarmWhenOlder } from './alarms.ts';
import { originalsBucket } from './buckets.ts';
import {
  containerVisibility,
  functionVisibility,
  maxDeadlineDeliveries,
  orderDeadline,
  sizes,
} from './limits.ts';
import { queueWithDeadLetters } from './queues.ts';
import { rules } from './rules.ts';
import { generatedSecret } from './secrets.ts';
import { contextTable, limitsTable } from './tables.ts';

/** What takes a context's messages: a loop in its container, or a worker function. */
export type Consumer = 'container' | 'function';

/** Everything a variant remembers: tables, originals, queues and the rules that feed them, bus, secrets. */
export interface State {
  readonly tables: Readonly<Record<'auth' | 'limits' | 'catalog' | 'payments', Table>>;
  readonly originals: Bucket;
  readonly queues: Readonly<Record<Service | 'deadlines', Queue>>;
  readonly bus: EventBus;
  readonly secrets: Readonly<Record<'keyEncryptionKey' | 'providerKey' | 'webhookSecret', Secret>>;
}

export function state(stack: Stack, consumers: Readonly<Record<Service, Consumer>>): State {
  const tables = {
    auth: contextTable(stack, 'AuthTable'),
    limits: limitsTable(stack, 'LimitsTable'),
    catalog: contextTable(stack, 'CatalogTable'),
    payments: contextTable(stack, 'PaymentsTable'),
  };
  const originals = originalsBucket(stack, 'Originals');
  const visibility = (service: Service): Duration =>
    consumers[service] === 'container'
      ? containerVisibility
      : functionVisibility(sizes[service].worker);
  const queues = {
    auth: queueWithDeadLetters(stack, 'AuthQueue', { visibility: visibility('auth') }),
    catalog: queueWithDeadLetters(stack, 'CatalogQueue', { visibility: visibility('catalog') }),
    payments: queueWithDeadLetters(stack, 'PaymentsQueue', { visibility: visibility('payments') }),
    images: queueWithDeadLetters(stack, 'ImagesQueue', { visibility: visibility('images') }),
    deadlines: queueWithDeadLetters(stack, 'DeadlineQueue', {
      visibility: visibility('payments'),
      delay: orderDeadline,
      maxReceiveCount: maxDeadlineDeliveries,
    }),
  };
  alarmWhenOlder(
    queues.deadlines,
    Duration.minutes(3 * orderDeadline.toMinutes()),
    'An order is still undecided long after its deadline.',
  );
  const bus = new EventBus(stack, 'Bus');
  rules(stack, { bus, originals, queues });
  const secrets = {
    keyEncryptionKey: generatedSecret(
      stack,
      'KeyEncryptionKey',
      'What the private signing keys in the table of auth are encrypted under',
    ),
    providerKey: generatedSecret(stack, 'ProviderKey', 'Key of the payment provider'),
    webhookSecret: generatedSecret(stack, 'WebhookSecret', "Signs the payment provider's webhooks"),
  };
  outputs(stack, {
    AuthTableName: tables.auth.tableName,
    LimitsTableName: tables.limits.tableName,
    CatalogTableName: tables.catalog.tableName,
    PaymentsTableName: tables.payments.tableName,
    OriginalsBucketName: originals.bucketName,
    EventBusName: bus.eventBusName,
    KeyEncryptionKeyArn: secrets.keyEncryptionKey.secretArn,
    ProviderKeyArn: secrets.providerKey.secretArn,
    WebhookSecretArn: secrets.webhookSecret.secretArn,
    AuthQueueUrl: queues.auth.queueUrl,
    CatalogQueueUrl: queues.catalog.queueUrl,
    PaymentsQueueUrl: queues.payments.queueUrl,
    ImagesQueueUrl: queues.images.queueUrl,
    DeadlineQueueUrl: queues.deadlines.queueUrl,
  });
  return { tables, originals, queues, bus, secrets };
}

function outputs(stack: Stack, values: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(values)) new CfnOutput(stack, name, { value });
}
