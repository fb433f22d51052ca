import { AwsError } from '../kernel.ts';
import { type Index, indexesOf } from './indexes.ts';
import type { AttributeValue, Input, Table } from './table-types.ts';

/** Query adds this to some messages, Scan does not. */
const QUERY_PREFIX = '1 validation error detected: ';

/**
 * Checks of Query and Scan that dynalite lacks: `Select`, segments, empty key values, and what a
 * global index projects.
 * @returns the index that the input names
 * @throws AwsError ValidationException
 */
export function checkRead(
  operation: 'query' | 'scan',
  data: Input,
  table: Table,
): Index | undefined {
  const index = indexesOf(table).find(({ name }) => name === data.IndexName);
  checkSelect(data, operation === 'query' ? QUERY_PREFIX : '');
  if (data.Segment !== undefined && data.TotalSegments === undefined) {
    throw invalid(
      'The TotalSegments parameter is required but was not present in the request when Segment parameter is present',
    );
  }
  if (operation === 'query') checkKeyConditions(data, index?.keys ?? keysOf(table));
  const wanted = wantedAttributes(data);
  const { attributes } = index ?? {};
  if (index?.kind === 'GlobalSecondaryIndexes' && attributes) {
    const absent = wanted.filter((name) => !attributes.has(name));
    if (absent.length > 0) {
      throw invalid(
        `One or more parameter values were invalid: Global secondary index ${index.name} does not project [${absent.join(', ')}]`,
      );
    }
  }
  return index;
}

/** The top-level attributes that a projection names. */
export function wantedAttributes(data: Input): string[] {
  const projection = data._projection as { paths: (string | number)[][] } | undefined;
  const paths = projection?.paths.map((path) => String(path[0]));
  return [...new Set(paths ?? (data.AttributesToGet as string[] | undefined) ?? [])];
}

function checkSelect(data: Input, prefix: string): void {
  const { Select: select } = data;
  if (select === undefined) return;
  const projection = ['ProjectionExpression', 'AttributesToGet'].find(
    (name) => data[name] !== undefined,
  );
  if (select === 'SPECIFIC_ATTRIBUTES') {
    if (projection) return;
    throw invalid(
      `${prefix}Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES`,
    );
  }
  if (projection) {
    const what = select === 'COUNT' ? 'only the Count' : String(select);
    throw invalid(`${prefix}Cannot specify the ${projection} when choosing to get ${what}`);
  }
  if (select === 'ALL_PROJECTED_ATTRIBUTES' && data.IndexName === undefined) {
    throw invalid(
      `${prefix}ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName`,
    );
  }
}

function checkKeyConditions(data: Input, keys: readonly string[]): void {
  const conditions = (data.KeyConditions ?? {}) as Record<
    string,
    { AttributeValueList?: readonly AttributeValue[] }
  >;
  for (const key of keys) {
    for (const value of conditions[key]?.AttributeValueList ?? []) {
      if (value.S === '' || value.B === '') throw emptyKey(value, key);
    }
  }
}

function emptyKey(value: AttributeValue, key: string): AwsError {
  const type = value.S === '' ? 'string' : 'binary';
  return invalid(
    `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${type} value. Key: ${key}`,
  );
}

function keysOf(table: Table): string[] {
  return table.KeySchema.map((key) => key.AttributeName);
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
