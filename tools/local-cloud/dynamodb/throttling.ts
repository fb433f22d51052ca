import { type JsonOperation, wrapped } from '../endpoint/index.ts';
import { AwsError, type Kernel } from '../kernel.ts';
import { transactItems, transactionCanceled } from './transact-items.ts';

/**
 * Wraps data operations so that they fail before they take effect, with the probability
 * `throttleDynamo`. Half of the failing write transactions are cancelled with a conflict instead.
 * AWS does this under contention, which never occurs in this store.
 */
export function throttled<Name extends string>(
  operations: Readonly<Record<Name, JsonOperation>>,
  kernel: Pick<Kernel, 'misbehaviour' | 'random'>,
): Record<Name, JsonOperation> {
  return wrapped(operations, (run, name) => (input) => {
    const { throttleDynamo } = kernel.misbehaviour;
    if (throttleDynamo > 0 && kernel.random() < throttleDynamo) {
      throw name === 'TransactWriteItems' && kernel.random() < 0.5
        ? conflict(input)
        : new AwsError(
            'ProvisionedThroughputExceededException',
            'The level of configured provisioned throughput for the table was exceeded',
          );
    }
    return run(input);
  });
}

function conflict(input: Record<string, unknown>): AwsError {
  const reasons = transactItems(input).map((_item, index) =>
    index === 0
      ? { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' }
      : { Code: 'None' },
  );
  return transactionCanceled(reasons);
}
