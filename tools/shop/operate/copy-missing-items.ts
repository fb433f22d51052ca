import {
  type AttributeValue,
  DynamoDBClient,
  PutItemCommand,
  paginateScan,
} from '@aws-sdk/client-dynamodb';

/** Events that wait to be published. They were published long ago. */
const OUTBOX = 'OUTBOX#';

export interface Copied {
  readonly added: number;
  /** Items that the target has too, in whatever version. */
  readonly kept: number;
  /** Events of the outbox. */
  readonly leftOut: number;
}

/**
 * Copies the items of a restored table that are missing in another. It overwrites nothing, so it can run while the shop serves
 * customers, and run again after it was interrupted.
 * @param from the name of the restored table
 */
export async function copyMissingItems(
  client: DynamoDBClient,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<Copied> {
  const counts = { added: 0, kept: 0, leftOut: 0 };
  for await (const { Items = [] } of paginateScan({ client }, { TableName: from })) {
    for (const item of Items) {
      if (item.pk?.S?.startsWith(OUTBOX)) counts.leftOut += 1;
      else if (await addIfMissing(client, to, item)) counts.added += 1;
      else counts.kept += 1;
    }
  }
  return counts;
}

async function addIfMissing(
  client: DynamoDBClient,
  TableName: string,
  Item: Record<string, AttributeValue>,
): Promise<boolean> {
  try {
    const ConditionExpression = 'attribute_not_exists(pk)';
    await client.send(new PutItemCommand({ TableName, Item, ConditionExpression }));
    return true;
  } catch (error) {
    if ((error as Error).name === 'ConditionalCheckFailedException') return false;
    throw error;
  }
}

if (import.meta.main) {
  const [from, to, ...more] = process.argv.slice(2);
  if (!from || !to || more.length > 0) {
    console.error('Usage: node tools/shop/operate/copy-missing-items.ts <restored table> <table>');
    process.exitCode = 1;
  } else {
    const { added, kept, leftOut } = await copyMissingItems(new DynamoDBClient(), { from, to });
    console.log(`${added} items added, ${kept} kept as they are, ${leftOut} old events left out`);
  }
}
