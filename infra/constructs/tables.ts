import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { acknowledge, OWN_KEY_COSTS } from './acknowledge.ts';
import { encryptUnderOwnKey } from './own-key.ts';

/** The only index of a context's table. */
export const INDEX_NAME = 'gsi1';

/**
 * Creates a context's table: keys `pk` and `sk`, one index for lists, expiry by `expiresAt` (epoch seconds), and a stream
 * of new images, from which functions relay the outbox. Uses `Table`, because `TableV2` creates a global table.
 */
export function contextTable(scope: Construct, id: string, keeping: Keeping = {}): Table {
  const table = new Table(scope, id, {
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    sortKey: { name: 'sk', type: AttributeType.STRING },
    timeToLiveAttribute: 'expiresAt',
    stream: StreamViewType.NEW_IMAGE,
    ...tableProps(keeping),
  });
  protectTable(table, keeping);
  table.addGlobalSecondaryIndex({
    indexName: INDEX_NAME,
    partitionKey: { name: 'gsi1pk', type: AttributeType.STRING },
    sortKey: { name: 'gsi1sk', type: AttributeType.STRING },
  });
  return table;
}

/** Creates the table of attempt counters, with the schema that rate-limiter-flexible requires. */
export function limitsTable(scope: Construct, id: string, keeping: Keeping = {}): Table {
  const table = new Table(scope, id, {
    partitionKey: { name: 'key', type: AttributeType.STRING },
    timeToLiveAttribute: 'expire',
    ...tableProps(keeping),
  });
  protectTable(table, keeping);
  return table;
}

/** What protects the data of a table. */
export interface Keeping {
  readonly pointInTimeRecovery?: boolean;
  readonly deletionProtection?: boolean;
}

/**
 * Variants are deployed, measured and destroyed one by one, so by default nothing that costs money may remain. With
 * deletion protection, CloudFormation fails to delete the table instead.
 */
function tableProps({ pointInTimeRecovery = true, deletionProtection = false }: Keeping) {
  return {
    billingMode: BillingMode.PAY_PER_REQUEST,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: pointInTimeRecovery },
    ...(deletionProtection ? { deletionProtection } : {}),
    removalPolicy: RemovalPolicy.DESTROY,
  };
}

function protectTable(table: Table, { pointInTimeRecovery = true }: Keeping): void {
  const isOwn = encryptUnderOwnKey(table);
  acknowledge(table, {
    ...(isOwn ? {} : { CKV_AWS_119: OWN_KEY_COSTS }),
    ...(pointInTimeRecovery ? {} : { CKV_AWS_28: 'The settings switch it off, and its price.' }),
  });
}
