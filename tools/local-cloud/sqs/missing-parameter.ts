import { AwsError } from '../kernel.ts';

/** The error for a parameter that a request lacks. */
export function missingParameter(name: string): AwsError {
  return new AwsError('MissingParameter', `The request must contain the parameter ${name}.`);
}
