import { AwsError } from '../kernel.ts';

/** EventBridge's error for an invalid pattern. */
export function invalidPattern(reason: string): AwsError {
  const text = `Event pattern is not valid. Reason: ${reason}`;
  return new AwsError('InvalidEventPatternException', text);
}
