import { type JsonOperation, wrapped } from '../endpoint/index.ts';
import { isObject } from '../is-object.ts';
import { AwsError, type Kernel } from '../kernel.ts';
import type { Input } from './table-types.ts';

/**
 * Wraps operations so that their input may name a table by its ARN. As on AWS, the response then
 * names it by the ARN, too.
 */
export function withTableArns<Name extends string>(
  operations: Readonly<Record<Name, JsonOperation>>,
  kernel: Pick<Kernel, 'arn'>,
): Record<Name, JsonOperation> {
  return wrapped(operations, (run) => (input) => {
    const arns = new Map<string, string>();
    const named = namedInput(input, (table) => tableName(table, kernel, arns));
    if (arns.size === 0) return run(input);
    const output = run(named);
    return output instanceof Promise
      ? output.then((one) => arnOutput(one, arns))
      : arnOutput(output, arns);
  });
}

/**
 * The name of a table that an input names by name or ARN. Notes the ARN by the name.
 * @throws AwsError ResourceNotFoundException for an ARN of another account, region or kind
 */
function tableName(table: unknown, kernel: Pick<Kernel, 'arn'>, arns: Map<string, string>) {
  if (typeof table !== 'string' || !table.startsWith('arn:')) return table;
  const prefix = kernel.arn('dynamodb', 'table/');
  const name = table.slice(prefix.length);
  if (!table.startsWith(prefix) || name === '' || name.includes('/')) {
    throw new AwsError('ResourceNotFoundException', `Requested resource not found: ${table}`);
  }
  arns.set(name, table);
  return name;
}

function namedInput(input: Input, name: (table: unknown) => unknown): Input {
  const { TableName, RequestItems, TransactItems } = input;
  return {
    ...input,
    ...(TableName === undefined ? {} : { TableName: name(TableName) }),
    ...(isObject(RequestItems) ? { RequestItems: namedKeys(RequestItems, name) } : {}),
    ...(Array.isArray(TransactItems)
      ? { TransactItems: TransactItems.map((item: unknown) => namedStep(item, name)) }
      : {}),
  };
}

function namedKeys(items: Input, name: (table: unknown) => unknown): Input {
  const entries = Object.entries(items).map(([table, requests]) => [String(name(table)), requests]);
  if (new Set(entries.map(([table]) => table)).size < entries.length) {
    throw new AwsError(
      'ValidationException',
      'A request cannot name one table by its name and by its ARN',
    );
  }
  return Object.fromEntries(entries) as Input;
}

function namedStep(item: unknown, name: (table: unknown) => unknown): unknown {
  if (!isObject(item)) return item;
  return Object.fromEntries(
    Object.entries(item).map(([kind, step]) => [
      kind,
      isObject(step) ? { ...step, TableName: name(step.TableName) } : step,
    ]),
  );
}

function arnOutput(output: Input, arns: ReadonlyMap<string, string>): Input {
  const changed = { ...output };
  for (const member of ['Responses', 'ItemCollectionMetrics']) {
    const byTable = output[member];
    // The responses of TransactGetItems are a list, and metrics of a single write are no map.
    if (!isObject(byTable) || byTable.ItemCollectionKey) continue;
    const entries = Object.entries(byTable).map(([table, one]) => [arns.get(table) ?? table, one]);
    changed[member] = Object.fromEntries(entries);
  }
  const capacity = output.ConsumedCapacity;
  if (Array.isArray(capacity)) {
    changed.ConsumedCapacity = capacity.map((one: Input) => arnCapacity(one, arns));
  } else if (isObject(capacity)) changed.ConsumedCapacity = arnCapacity(capacity, arns);
  return changed;
}

function arnCapacity(capacity: Input, arns: ReadonlyMap<string, string>): Input {
  const table = String(capacity.TableName);
  return { ...capacity, TableName: arns.get(table) ?? table };
}
