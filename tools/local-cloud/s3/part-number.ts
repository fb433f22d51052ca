import { AwsError } from '../kernel.ts';

/** "Amazon S3 multipart upload limits" in the Amazon S3 User Guide. */
const MAX_PARTS = 10_000;

/** Reads `partNumber`. @throws AwsError InvalidArgument */
export function readPartNumber(query: URLSearchParams): number {
  const number = Number(query.get('partNumber') || Number.NaN);
  if (Number.isInteger(number) && number >= 1 && number <= MAX_PARTS) return number;
  throw new AwsError(
    'InvalidArgument',
    `Part number must be an integer between 1 and ${MAX_PARTS}, inclusive`,
  );
}
