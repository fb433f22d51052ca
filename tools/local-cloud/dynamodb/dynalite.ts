import { createRequire } from 'node:module';
import { AwsError } from '../kernel.ts';
import type { MemoryStore } from './memory-store.ts';
import type { AttributeValue, Input, Item, Table } from './table-types.ts';

interface UpdateSection {
  type: string;
  path: (string | number)[];
}

/** An error in dynalite's own shape. */
interface DynaliteError extends Error {
  statusCode?: number;
  body?: { __type: string; message?: string; Message?: string };
}
type Callback = (error: DynaliteError | null | undefined, output?: Record<string, unknown>) => void;
type Action = (store: MemoryStore, input: Input, callback: Callback) => void;

/** dynalite's description of the type of a request member. */
export interface TypeSpec {
  type?: string;
  children?: string | TypeSpec | Record<string, string | TypeSpec>;
}
interface Validation {
  types: Record<string, string | TypeSpec>;
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
  checkConditional(input: Input, existing: Item | undefined): DynaliteError | null | undefined;
  compare(
    operator: string,
    value: AttributeValue | undefined,
    others: (AttributeValue | undefined)[],
  ): boolean;
  itemSize(item: Item): number;
};

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
  OPERATIONS.map((name) => [name, load(`dynalite/actions/${name}`)]),
) as Record<DynaliteOperation, Action>;
const validations = Object.fromEntries(
  [...OPERATIONS, 'createTable' as const].map((name) => [
    name,
    load(`dynalite/validations/${name}`),
  ]),
) as Record<DynaliteOperation | 'createTable', Validation>;

/** The request members that dynalite supports for an operation. */
export function memberTypes(operation: DynaliteOperation | 'createTable'): Validation['types'] {
  return validations[operation].types;
}

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
  operation: Exclude<DynaliteOperation, 'query' | 'scan'>,
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
 * Checks the legacy `Expected` parameter.
 * @throws AwsError ConditionalCheckFailedException
 */
export function checkLegacyCondition(
  { Expected, ConditionalOperator }: Input,
  existing?: Item,
): void {
  if (Expected) raise(database.checkConditional({ Expected, ConditionalOperator }, existing));
}

/** Compares values with an operator of the expression language. */
export function compareValues(
  operator: string,
  value: AttributeValue | undefined,
  others: (AttributeValue | undefined)[],
): boolean {
  return database.compare(operator, value, others);
}

/**
 * Reorders the parsed actions of an update so that list elements are removed last, from the end of
 * the list. In DynamoDB, indexes refer to the original list; dynalite applies them one by one.
 */
export function removeListItemsFromEnd(data: Input): Input {
  const updates = data._updates as { sections: UpdateSection[] } | undefined;
  if (!updates) return data;
  const isRemoval = ({ type, path }: UpdateSection) =>
    type === 'remove' && typeof path.at(-1) === 'number';
  const removals = updates.sections
    .filter(isRemoval)
    .sort((a, b) => Number(b.path.at(-1)) - Number(a.path.at(-1)));
  const others = updates.sections.filter((section) => !isRemoval(section));
  return { ...data, _updates: { ...updates, sections: [...others, ...removals] } };
}

/** The size of an item in bytes, as DynamoDB counts it. */
export function itemBytes(item: Item): number {
  return database.itemSize(item);
}

function raise(error: DynaliteError | null | undefined): void {
  if (error) throw asAwsError(error);
}

function asAwsError(error: DynaliteError): Error {
  if (!error.body || !error.statusCode) return error;
  const code = error.body.__type.slice(error.body.__type.indexOf('#') + 1);
  return new AwsError(code, error.body.message ?? error.body.Message ?? '', error.statusCode);
}
