import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { originalsPrefix, renditionsPrefix, uploadsPrefix } from './buckets.ts';
import type { State } from './state.ts';
import { consumes, countsIn, objectsOf, publishesTo, reads, type Use, uses } from './uses.ts';

/** Where the payment provider is; not a resource of ours, so a plain setting. */
export interface Provider {
  readonly url: string;
}

/** A plain setting: a value and no right. */
export function setting(name: string, value: string): Use {
  return { name, value, grantTo: () => undefined };
}

/** What auth works with, in every variant. */
export function authNeeds({ tables, queues, secrets }: State): Use[] {
  return [
    uses(tables.auth).as('AUTH_TABLE'),
    countsIn(tables.limits, 'http').as('LIMITS_TABLE'),
    consumes(queues.auth).as('QUEUE_URL'),
    reads(secrets.keyEncryptionKey).as('KEY_ENCRYPTION_KEY'),
  ];
}

/** What catalog works with, in every variant. It signs forms for uploads, so it needs the right it signs away. */
export function catalogNeeds({ tables, bus, queues, originals }: State): Use[] {
  return [
    uses(tables.catalog).as('CATALOG_TABLE'),
    publishesTo(bus).as('EVENT_BUS'),
    consumes(queues.catalog).as('QUEUE_URL'),
    objectsOf(originals, [{ prefix: uploadsPrefix, actions: ['Put'], by: 'http' }]).as(
      'ORIGINALS_BUCKET',
    ),
  ];
}

/** What payments works with, in every variant. */
export function paymentsNeeds({ tables, bus, queues, secrets }: State, provider: Provider): Use[] {
  return [
    uses(tables.payments).as('PAYMENTS_TABLE'),
    publishesTo(bus).as('EVENT_BUS'),
    consumes(queues.payments).as('QUEUE_URL'),
    consumes(queues.deadlines).as('DEADLINE_QUEUE_URL'),
    setting('PROVIDER_URL', provider.url),
    reads(secrets.providerKey).as('PROVIDER_KEY'),
    reads(secrets.webhookSecret).as('WEBHOOK_SECRET'),
  ];
}

/** What images works with. The bucket of renditions is given only where they are stored. */
export function imagesNeeds({ originals, bus, queues }: State, renditions?: Bucket): Use[] {
  const kept = renditions
    ? [
        objectsOf(renditions, [
          { prefix: renditionsPrefix, actions: ['Get', 'Put'], by: 'http' },
        ]).as('RENDITIONS_BUCKET'),
      ]
    : [];
  return [
    objectsOf(originals, [
      { prefix: uploadsPrefix, actions: ['Get', 'Delete'], by: 'worker' },
      { prefix: originalsPrefix, actions: ['Get'], by: 'http' },
      // It looks first: an original that is there is never replaced.
      { prefix: originalsPrefix, actions: ['Get', 'Put'], by: 'worker' },
    ]).as('ORIGINALS_BUCKET'),
    publishesTo(bus).as('EVENT_BUS'),
    consumes(queues.images).as('QUEUE_URL'),
    ...kept,
  ];
}
