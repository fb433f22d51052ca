import type { OperationCount } from '@triptych/local-cloud';
import { type Operation, operations } from '../../../cost/index.ts';

/** The operations between two snapshots, without those of the simulated payment provider. */
export function operationsSince(
  before: readonly OperationCount[],
  after: readonly OperationCount[],
): OperationCount[] {
  const id = ({ service, operation, stack = '', resource }: OperationCount) =>
    [service, operation, stack, resource].join(' ');
  const earlier = new Map(before.map((row) => [id(row), row]));
  return after.filter(isOfVariant).flatMap((row) => {
    const was = earlier.get(id(row));
    const calls = row.calls - (was?.calls ?? 0);
    if (calls === 0) return [];
    const amounts = Object.entries(row.amounts).map(([name, amount]): [string, number] => [
      name,
      amount - (was?.amounts[name] ?? 0),
    ]);
    return [{ ...row, calls, amounts: Object.fromEntries(amounts) }];
  });
}

function isOfVariant({ resource, stack = '' }: OperationCount): boolean {
  return !/-provider\b|Provider/.test(`${stack} ${resource}`);
}

/** Sums operations by billed group. */
export function byGroup(rows: readonly OperationCount[]): Record<Operation, number> {
  const sums = Object.fromEntries(operations.map((group) => [group, 0])) as Record<
    Operation,
    number
  >;
  for (const { service, operation, calls, amounts } of rows) {
    if (service === 'dynamodb') {
      sums['dynamodb-read'] += amounts.readUnits ?? 0;
      sums['dynamodb-write'] += amounts.writeUnits ?? 0;
      sums['dynamodb-transact-item'] += amounts.transactItems ?? 0;
    } else if (service === 'sqs') sums.sqs += calls;
    else if (service === 'events') sums.events += amounts.entries ?? calls;
    else if (service === 'lambda') sums.invocations += operation === 'Invoke' ? calls : 0;
    else if (service !== 's3') continue;
    // S3 bills PUT, COPY, POST and LIST at one price and everything else like GET; DELETE is free.
    else if (/^(PUT|POST)|^GET bucket/.test(operation)) sums['s3-put'] += calls;
    else if (!operation.startsWith('DELETE')) sums['s3-get'] += calls;
  }
  return sums;
}
