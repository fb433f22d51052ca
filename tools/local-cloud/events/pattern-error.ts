import { AwsError } from '../kernel.ts';

/** The error EventBridge answers for a pattern it refuses. */
export function invalidPattern(reason: string): AwsError {
  const text = `Event pattern is not valid. Reason: ${reason}`;
  return new AwsError('InvalidEventPatternException', text);
}
