import { type ContextName, type CoreContext, tableVariable, traitsOf } from '@triptych/context-map';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { ORIGINALS_PREFIX, RENDITIONS_PREFIX, UPLOADS_PREFIX } from './buckets.ts';
import type { State } from './state.ts';
import {
  consumes,
  countsIn,
  objectsOf,
  type Part,
  publishesTo,
  reads,
  type Use,
  uses,
} from './uses.ts';

/** The payment provider. It is not one of our resources, so its address is a plain setting. */
export interface Provider {
  readonly url: string;
}

/** A plain setting: a value without a permission. */
export function setting(name: string, value: string): Use {
  return { name, value, grantTo: () => undefined };
}

/**
 * The resources of a context without special needs: its table and queue, and the bus if it publishes.
 * @param scannedBy the part that also scans the table, by default none
 */
function plainNeeds(name: ContextName, state: State, scannedBy?: Part): Use[] {
  const tables: Readonly<Partial<Record<ContextName, Table>>> = state.tables;
  const queues: Readonly<Partial<Record<ContextName, Queue>>> = state.queues;
  const [table, queue] = [tables[name], queues[name]];
  const needs: Use[] = [];
  if (table) needs.push(uses(table, scannedBy ? { scannedBy } : {}).as(tableVariable(name)));
  if (traitsOf(name).stream) needs.push(publishesTo(state.bus).as('EVENT_BUS'));
  if (queue) needs.push(consumes(queue).as('QUEUE_URL'));
  return needs;
}

/** The resources that a core context uses, in every variant. */
export function coreNeeds(name: CoreContext, state: State, provider: Provider): Use[] {
  switch (name) {
    case 'auth':
      return authNeeds(state);
    case 'catalog':
      return catalogNeeds(state);
    case 'payments':
      return paymentsNeeds(state, provider);
    default:
      return plainNeeds(name, state);
  }
}

function authNeeds({ tables, queues, secrets }: State): Use[] {
  return [
    uses(tables.auth).as('AUTH_TABLE'),
    countsIn(tables.limits, 'http').as('LIMITS_TABLE'),
    consumes(queues.auth).as('QUEUE_URL'),
    reads(secrets.keyEncryptionKey).as('KEY_ENCRYPTION_KEY'),
  ];
}

/** Catalog signs forms for uploads, so it needs the permission that the forms pass on. */
function catalogNeeds(state: State): Use[] {
  return [
    ...plainNeeds('catalog', state),
    objectsOf(state.originals, [{ prefix: UPLOADS_PREFIX, actions: ['Put'], by: 'http' }]).as(
      'ORIGINALS_BUCKET',
    ),
  ];
}

function paymentsNeeds(state: State, provider: Provider): Use[] {
  const { queues, secrets } = state;
  return [
    // The hourly check scans for orders that earlier versions left unfinished.
    ...plainNeeds('payments', state, 'worker'),
    consumes(queues.deadlines).as('DEADLINE_QUEUE_URL'),
    setting('PROVIDER_URL', provider.url),
    reads(secrets.providerKey).as('PROVIDER_KEY'),
    reads(secrets.webhookSecret).as('WEBHOOK_SECRET'),
  ];
}

/** The resources that images uses. Only variants that store renditions have a bucket for them. */
export function imagesNeeds({ originals, bus, queues }: State, renditions?: Bucket): Use[] {
  const stored = renditions
    ? [
        objectsOf(renditions, [
          { prefix: RENDITIONS_PREFIX, actions: ['Get', 'Put'], by: 'http' },
        ]).as('RENDITIONS_BUCKET'),
      ]
    : [];
  return [
    objectsOf(originals, [
      { prefix: UPLOADS_PREFIX, actions: ['Get', 'Delete'], by: 'worker' },
      { prefix: ORIGINALS_PREFIX, actions: ['Get'], by: 'http' },
      // Get, because the worker never replaces an original that exists.
      { prefix: ORIGINALS_PREFIX, actions: ['Get', 'Put'], by: 'worker' },
    ]).as('ORIGINALS_BUCKET'),
    publishesTo(bus).as('EVENT_BUS'),
    consumes(queues.images).as('QUEUE_URL'),
    ...stored,
  ];
}
