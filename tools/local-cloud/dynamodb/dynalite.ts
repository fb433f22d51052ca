import { createRequire } from 'node:module';
import { AwsError } from '../kernel.ts';
import type { MemoryStore } from './memory-store.ts';
import type { AttributeValue, Input, Item, Table } from './table-types.ts';

/** An error in dynalite's own shape. */
interface DynaliteError extends Error {
  statusCode?: number;
  body?: { __type: string; message?: string; Message?: string };
}
type Callback = (error: DynaliteError | null | undefined, output?: Record<string, unknown>) => void;
type Action = (store: MemoryStore, input: Input, callback: Callback) => void;

interface Validation {
  types: Record<string, unknown>;
  custom?: (input: Input, store: MemoryStore) => string | undefined;
}

// dynalite is CommonJS and has no types. Its actions, validations and key functions run in process.
const load = createRequire(import.meta.url);
const { checkTypes, checkValidations } = load('dynalite/validations') as {
  checkTypes(input: Input, types: Validation['types']): Input;
  checkValidations(
    input: Input,
    types: Validation['types'],
    custom: Validation['custom'],
    store: MemoryStore,
  ): void;
};
const database = load('dynalite/db') as {
  createKey(item: Item, table: Table): string;
  validateKey(key: Item, table: Table): DynaliteError | null | undefined;
  validateItem(item: Item, table: Table): DynaliteError | null | undefined;
  validateUpdates(
    attributeUpdates: unknown,
    expressionUpdates: unknown,
    table: Table,
  ): DynaliteError | null | undefined;
  mapPaths(paths: readonly (string | readonly (string | number)[])[], item: Item): Item;
  compare(
    operator: string,
    value: AttributeValue | undefined,
    others: (AttributeValue | undefined)[],
  ): boolean;
};

/** AWS changed this message. dynalite has the new one for items, but not for keys. */
const OLD_EMPTY_KEY = 'One or more parameter values were invalid: The AttributeValue for a key';
const NEW_EMPTY_KEY = 'One or more parameter values are not valid. The AttributeValue for a key';

const OPERATIONS = [
  'putItem',
  'updateItem',
  'deleteItem',
  'getItem',
  'batchGetItem',
  'batchWriteItem',
  'query',
  'scan',
] as const;
export type DynaliteOperation = (typeof OPERATIONS)[number];

const actions = Object.fromEntries(
  OPERATIONS.filter((name) => name !== 'updateItem').map((name) => [
    name,
    load(`dynalite/actions/${name}`),
  ]),
) as Record<Exclude<DynaliteOperation, 'updateItem'>, Action>;
const validations = Object.fromEntries(
  [...OPERATIONS, 'createTable' as const].map((name) => [
    name,
    load(`dynalite/validations/${name}`),
  ]),
) as Record<DynaliteOperation | 'createTable', Validation>;

/**
 * Checks the types and constraints of an input, and parses its expressions.
 * @throws AwsError ValidationException, SerializationException
 */
export function validated(
  operation: DynaliteOperation | 'createTable',
  input: Input,
  store: MemoryStore,
): Input {
  const { types, custom } = validations[operation];
  try {
    const data = checkTypes(input, types);
    checkValidations(data, types, custom, store);
    return data;
  } catch (error) {
    throw asAwsError(error as DynaliteError);
  }
}

/**
 * Runs a write or a get. {@link MemoryStore} calls its callbacks synchronously, so the action is
 * complete when this returns. Nothing else runs in between, so writes are atomic.
 * @throws AwsError the error of DynamoDB
 */
export function runSync(
  operation: Exclude<DynaliteOperation, 'query' | 'scan' | 'updateItem'>,
  data: Input,
  store: MemoryStore,
): Record<string, unknown> {
  let outcome: { error?: DynaliteError; output: Record<string, unknown> } | undefined;
  actions[operation](store, data, (error, output) => {
    outcome = { ...(error ? { error } : {}), output: output ?? {} };
  });
  if (!outcome) throw new Error(`dynalite's ${operation} did not complete synchronously`);
  if (outcome.error) throw asAwsError(outcome.error);
  return outcome.output;
}

/** Runs a query or scan over a snapshot of the items. */
export function runRead(
  operation: 'query' | 'scan',
  data: Input,
  store: MemoryStore,
): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    actions[operation](store, data, (error, output) => {
      if (error) reject(asAwsError(error));
      else resolve(output ?? {});
    });
  });
}

/** The key under which the store holds an item, computed from the item's key attributes. */
export function itemKey(keyOrItem: Item, table: Table): string {
  return database.createKey(keyOrItem, table);
}

/** @throws AwsError ValidationException when `key` does not match the table's key schema exactly */
export function checkKey(key: Item, table: Table): void {
  raise(database.validateKey(key, table));
}

/** @throws AwsError ValidationException when a key attribute is missing or has the wrong type */
export function checkItem(item: Item, table: Table): void {
  raise(database.validateItem(item, table));
}

/**
 * Checks that an update changes no key attribute, and sets index keys in their types only.
 * @throws AwsError ValidationException
 */
export function checkUpdates(data: Input, table: Table): void {
  raise(database.validateUpdates(data.AttributeUpdates, data._updates, table));
}

/** The parts of an item at the given document paths or attribute names. */
export function projected(
  item: Item,
  paths: readonly (string | readonly (string | number)[])[],
): Item {
  return database.mapPaths(paths, item);
}

/** Compares values with an operator of the expression language. */
export function compareValues(
  operator: string,
  value: AttributeValue | undefined,
  others: (AttributeValue | undefined)[],
): boolean {
  return database.compare(operator, value, others);
}

function raise(error: DynaliteError | null | undefined): void {
  if (error) throw asAwsError(error);
}

function asAwsError(error: DynaliteError): Error {
  if (!error.body || !error.statusCode) return error;
  const code = error.body.__type.slice(error.body.__type.indexOf('#') + 1);
  const message = error.body.message ?? error.body.Message ?? '';
  return new AwsError(code, message.replace(OLD_EMPTY_KEY, NEW_EMPTY_KEY), error.statusCode);
}
