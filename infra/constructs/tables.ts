import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';

/** The one index of a context's table. */
export const indexName = 'gsi1';

/**
 * A context's only table: `pk`/`sk`, one index for lists, expiry by `expiresAt` (epoch seconds), and a stream of new images
 * that carries its outbox to the relay where nothing runs between requests. `Table`, because `TableV2` makes a global table.
 */
export function contextTable(scope: Construct, id: string): Table {
  const table = new Table(scope, id, {
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    sortKey: { name: 'sk', type: AttributeType.STRING },
    timeToLiveAttribute: 'expiresAt',
    stream: StreamViewType.NEW_IMAGE,
    ...keptAsLongAsTheStack,
  });
  table.addGlobalSecondaryIndex({
    indexName,
    partitionKey: { name: 'gsi1pk', type: AttributeType.STRING },
    sortKey: { name: 'gsi1sk', type: AttributeType.STRING },
  });
  return table;
}

/** Counters of failed log-ins, in the shape rate-limiter-flexible demands. */
export function limitsTable(scope: Construct, id: string): Table {
  return new Table(scope, id, {
    partitionKey: { name: 'key', type: AttributeType.STRING },
    timeToLiveAttribute: 'expire',
    ...keptAsLongAsTheStack,
  });
}

// Each variant is deployed, measured and destroyed alone: nothing may be left that costs money.
const keptAsLongAsTheStack = {
  billingMode: BillingMode.PAY_PER_REQUEST,
  pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
  removalPolicy: RemovalPolicy.DESTROY,
};
