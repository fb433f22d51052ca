import { createHash } from 'node:crypto';
import { AwsError, type Kernel } from '../kernel.ts';

/** 2 to 64 letters, digits, `-` and `_`; the first and the last are a letter or a digit. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}[A-Za-z0-9]$/;

/** @throws Error that names `where` and the name, when it does not have the form of a function or endpoint */
export function checkName(name: unknown, where: string): string {
  if (typeof name === 'string' && NAME.test(name)) return name;
  throw new Error(
    `${where}: the name ${name} must have 2 to 64 letters, digits, - and _, and begin and end with a letter or digit`,
  );
}

type Arns = Pick<Kernel, 'arn'>;

export function functionArn(name: string, kernel: Arns): string {
  return kernel.arn('lambda', `web-function/${name}`);
}

export function revisionArn(name: string, revisionId: string, kernel: Arns): string {
  return `${functionArn(name, kernel)}/revision/${revisionId}`;
}

export function endpointArn(name: string, endpoint: string, kernel: Arns): string {
  return `${functionArn(name, kernel)}/endpoint/${endpoint}`;
}

/**
 * The name in a reference to a function: its name or its ARN. CloudFormation's schema allows both.
 * @throws AwsError ResourceNotFoundException for an ARN of another account or region
 */
export function nameIn(reference: string, kernel: Arns): string {
  const prefix = functionArn('', kernel);
  if (reference.startsWith(prefix)) return reference.slice(prefix.length);
  if (reference.startsWith('arn:')) throw notFound(`function ${reference}`);
  return reference;
}

/** The error of the control plane for a function, revision or endpoint that does not exist. */
export function notFound(what: string): AwsError {
  return new AwsError('ResourceNotFoundException', `The web functions have no ${what}`, 404);
}

/** An id in the form of a UUID that is the same in every run. @param change counts the changes of the code */
export function revisionIdOf(stack: string, logicalId: string, change = 0): string {
  const hex = createHash('sha256').update(`${stack}/${logicalId}/${change}`).digest('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20)];
  return [...parts, hex.slice(20, 32)].join('-');
}
