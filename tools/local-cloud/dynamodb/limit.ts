import { AwsError } from '../kernel.ts';

/**
 * Reads the member `Limit` of a list operation. The default is the maximum.
 * @throws AwsError ValidationException when it is out of range
 */
export function limitOf(value: unknown, maximum: number): number {
  const limit = value ?? maximum;
  if (Number.isInteger(limit) && Number(limit) >= 1 && Number(limit) <= maximum) {
    return Number(limit);
  }
  const bound =
    Number(limit) < 1 ? 'greater than or equal to 1' : `less than or equal to ${maximum}`;
  throw new AwsError(
    'ValidationException',
    `1 validation error detected: Value '${String(value)}' at 'limit' failed to satisfy constraint: Member must have value ${bound}`,
  );
}
