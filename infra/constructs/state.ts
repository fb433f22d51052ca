import {
  type ContextName,
  contextsWith,
  QUEUE_IDS,
  type QueueName,
  recordOf,
  runtimeOf,
  TABLE_IDS,
  type TableName,
} from '@triptych/context-map';
import { CfnOutput, Duration, type Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Deployment } from '../deployment.ts';
import type { VariantStack } from '../variant-stack.ts';
import { alarmOnUnfinishedOrders, alarmWhenOlder } from './alarms.ts';
import { originalsBucket } from './buckets.ts';
import {
  CONTAINER_VISIBILITY,
  functionVisibility,
  MAX_DEADLINE_DELIVERIES,
  ORDER_DEADLINE,
  sizeOf,
} from './limits.ts';
import { ownKey } from './own-key.ts';
import { queueWithDeadLetters } from './queues.ts';
import { rules } from './rules.ts';
import { generatedSecret } from './secrets.ts';
import { contextTable, limitsTable } from './tables.ts';

/** The stateful resources of a variant. */
export interface State {
  readonly tables: Readonly<Record<TableName, Table>>;
  readonly originals: Bucket;
  readonly queues: Readonly<Record<QueueName, Queue>>;
  readonly bus: EventBus;
  readonly secrets: Readonly<Record<'keyEncryptionKey' | 'providerKey' | 'webhookSecret', Secret>>;
}

/** Creates the stateful resources, and the rules that feed the queues. */
export function state(stack: VariantStack, deployment: Deployment): State {
  const { variant, settings } = deployment;
  if (settings.ownKey) {
    deployment.key = ownKey(stack);
    stack.key = deployment.key;
  }
  // The CDK sets it after the deployment. It is not part of the template.
  stack.terminationProtection = settings.deletionProtection;
  const tables = {
    ...recordOf(contextsWith('table', true), (name) =>
      contextTable(stack, TABLE_IDS[name], settings),
    ),
    limits: limitsTable(stack, TABLE_IDS.limits, settings),
  };
  const originals = originalsBucket(stack, 'Originals');
  // The visibility timeout depends on the consumer: a loop in a container, or a worker function.
  const visibility = (name: ContextName): Duration =>
    runtimeOf(variant, name) === 'container'
      ? CONTAINER_VISIBILITY
      : functionVisibility(sizeOf(name).worker);
  const queues = {
    ...recordOf(contextsWith('queue', true), (name) =>
      queueWithDeadLetters(stack, QUEUE_IDS[name], { visibility: visibility(name) }),
    ),
    deadlines: queueWithDeadLetters(stack, QUEUE_IDS.deadlines, {
      visibility: visibility('payments'),
      delay: ORDER_DEADLINE,
      maxReceiveCount: MAX_DEADLINE_DELIVERIES,
    }),
  };
  alarmWhenOlder(
    queues.deadlines,
    Duration.minutes(3 * ORDER_DEADLINE.toMinutes()),
    'An order is still undecided long after its deadline.',
  );
  alarmOnUnfinishedOrders(stack, deployment);
  const bus = new EventBus(stack, 'Bus');
  rules(stack, { bus, originals, queues, coordinated: deployment.isCoordinated });
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
    ...outputsOf(TABLE_IDS, 'Name', (name) => tables[name].tableName),
    OriginalsBucketName: originals.bucketName,
    EventBusName: bus.eventBusName,
    KeyEncryptionKeyArn: secrets.keyEncryptionKey.secretArn,
    ProviderKeyArn: secrets.providerKey.secretArn,
    WebhookSecretArn: secrets.webhookSecret.secretArn,
    ...outputsOf(QUEUE_IDS, 'Url', (name) => queues[name].queueUrl),
  });
  return { tables, originals, queues, bus, secrets };
}

/** One output per resource, named after its logical ID: `AuthTableName`. */
function outputsOf<Name extends string>(
  ids: Readonly<Record<Name, string>>,
  suffix: string,
  attributeOf: (name: Name) => string,
): Record<string, string> {
  const names = Object.keys(ids) as Name[];
  return Object.fromEntries(names.map((name) => [`${ids[name]}${suffix}`, attributeOf(name)]));
}

function outputs(stack: Stack, values: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(values)) new CfnOutput(stack, name, { value });
}
