import { type AttributeValue, QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoTable } from '@triptych/platform/aws';
import { containsAll, type PageQuery, type ProductStore, pageOf, sortedBy } from '../core/index.ts';
import { keys } from './catalog-table.ts';
import type { WordEntry } from './product-entries.ts';
import { readProducts } from './read-products.ts';

/** A search looks at this many products; one answer of DynamoDB holds at least 100 of their entries. */
const mostCandidates = 1000;
const mostAnswers = 10;

interface Range {
  readonly pk: string;
  readonly descending: boolean;
  /** Goes on behind this sort key. */
  readonly after?: string;
}

/** Pages of products: first where each stands, then the products themselves, both up to date. */
export function dynamoProductList(of: DynamoTable): Pick<ProductStore, 'page'> {
  return {
    async page(query) {
      const { ids, next } = await (query.words ? search(of, query, query.words) : list(of, query));
      const products = await readProducts(of, ids);
      return next === undefined ? { products } : { products, next };
    },
  };
}

interface IdPage {
  readonly ids: readonly string[];
  readonly next?: string;
}

/** The table keeps each list in order: one query, one entry more than asked for. */
async function list(of: DynamoTable, query: PageQuery): Promise<IdPage> {
  const { sort, category, after, limit } = query;
  const { by, descending } = sortedBy[sort];
  const { pk } = keys.listed(by, category, '');
  const range = { pk, descending, ...(after !== undefined && { after }) };
  const { items } = await readRange(of, range, limit + 1);
  const entries = items as { sk: string; id: string }[];
  const shown = entries.slice(0, limit);
  const ids = shown.map(({ id }) => id);
  const end = shown.at(-1);
  return entries.length > limit && end ? { ids, next: end.sk } : { ids };
}

/**
 * Reads the entries of the longest word, which is likely the rarest, newest first; the other words, the category and
 * the order are looked after here.
 */
async function search(
  of: DynamoTable,
  query: PageQuery,
  words: readonly string[],
): Promise<IdPage> {
  const [longest] = [...words].sort((one, other) => other.length - one.length);
  if (longest === undefined) return { ids: [] };
  const { pk } = keys.word(longest, '');
  const candidates: WordEntry[] = [];
  let after: string | undefined;
  for (let answers = 0; answers < mostAnswers; answers += 1) {
    const range = { pk, descending: true, ...(after !== undefined && { after }) };
    const { items, more } = await readRange(of, range, mostCandidates - candidates.length);
    candidates.push(...(items as unknown as WordEntry[]));
    after = (items.at(-1) as { sk: string } | undefined)?.sk;
    if (!more || candidates.length >= mostCandidates) break;
  }
  const found = candidates.filter(
    ({ category, words: has }) =>
      (query.category === undefined || category === query.category) && containsAll(has, words),
  );
  const { items, next } = pageOf(found, query);
  const ids = items.map(({ id }) => id);
  return next === undefined ? { ids } : { ids, next };
}

async function readRange(
  { client, table }: DynamoTable,
  { pk, descending, after }: Range,
  limit: number,
): Promise<{ items: Record<string, unknown>[]; more: boolean }> {
  const behind = after === undefined ? '' : ` AND sk ${descending ? '<' : '>'} :after`;
  const values: Record<string, AttributeValue> = marshall(
    { ':pk': pk, ':after': after },
    { removeUndefinedValues: true },
  );
  const command = new QueryCommand({
    TableName: table,
    KeyConditionExpression: `pk = :pk${behind}`,
    ExpressionAttributeValues: values,
    ScanIndexForward: !descending,
    ConsistentRead: true,
    Limit: limit,
  });
  const { Items: items = [], LastEvaluatedKey: last } = await client.send(command);
  return { items: items.map((item) => unmarshall(item)), more: last !== undefined };
}
