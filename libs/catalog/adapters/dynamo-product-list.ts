import { type AttributeValue, QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoTable } from '@triptych/platform/aws';
import {
  containsAll,
  type PageQuery,
  type ProductStore,
  pageOf,
  SORT_ORDER,
} from '../core/index.ts';
import { keys } from './catalog-table.ts';
import type { WordEntry } from './product-entries.ts';
import { readProducts } from './read-products.ts';

/** Products that a search considers. */
const MAX_CANDIDATES = 1000;

/** Queries per search. One response of DynamoDB (1 MB) holds at least 100 entries of a word. */
const MAX_QUERIES = 10;

interface Range {
  readonly pk: string;
  readonly descending: boolean;
  /** Reads the items that follow this sort key. */
  readonly after?: string;
}

/** Pages of products: reads the list entries first, then the products, both consistently. */
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

/** The table keeps each list sorted. One query reads the page and one entry more. */
async function list(of: DynamoTable, query: PageQuery): Promise<IdPage> {
  const { sort, category, after, limit } = query;
  const { by, descending } = SORT_ORDER[sort];
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
 * Reads the entries of the longest word, which is probably the rarest, newest first. Filters them
 * by the other words and the category, then sorts them, in memory.
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
  for (let queries = 0; queries < MAX_QUERIES; queries += 1) {
    const range = { pk, descending: true, ...(after !== undefined && { after }) };
    const { items, more } = await readRange(of, range, MAX_CANDIDATES - candidates.length);
    candidates.push(...(items as unknown as WordEntry[]));
    after = (items.at(-1) as { sk: string } | undefined)?.sk;
    if (!more || candidates.length >= MAX_CANDIDATES) break;
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
  const following = after === undefined ? '' : ` AND sk ${descending ? '<' : '>'} :after`;
  const values: Record<string, AttributeValue> = marshall(
    { ':pk': pk, ':after': after },
    { removeUndefinedValues: true },
  );
  const command = new QueryCommand({
    TableName: table,
    KeyConditionExpression: `pk = :pk${following}`,
    ExpressionAttributeValues: values,
    ScanIndexForward: !descending,
    ConsistentRead: true,
    Limit: limit,
  });
  const { Items: items = [], LastEvaluatedKey: last } = await client.send(command);
  return { items: items.map((item) => unmarshall(item)), more: last !== undefined };
}
