import type { CallInput, ResourceNames } from '../../types.ts';
import { actionsOf } from '../index.ts';

export const ACCOUNT = '111122223333';
export const HERE = `us-east-1:${ACCOUNT}`;
export const TABLE = `arn:aws:dynamodb:${HERE}:table/orders`;
export const STREAM = `${TABLE}/stream/2026-01-01T00:00:00.000`;
export const SECRET = `arn:aws:secretsmanager:${HERE}:secret:provider-key-AbCdEf`;
export const STACK = `arn:aws:cloudformation:${HERE}:stack/shop/1`;
export const QUEUE = `arn:aws:sqs:${HERE}:orders`;
export const QueueUrl = `https://sqs.us-east-1.amazonaws.com/${ACCOUNT}/orders`;

export const names: ResourceNames = {
  region: 'us-east-1',
  accountId: ACCOUNT,
  secretArn: (id) => (id === 'provider-key' || id === SECRET ? SECRET : undefined),
  streamArn: (iterator) => (iterator === 'iterator-1' ? STREAM : undefined),
  stackArn: (name) => (name === 'shop' ? STACK : undefined),
  deadLetterSources: () => [QUEUE],
  durableExecutionArn: () => undefined,
  stateMachineArn: () => undefined,
};
/** The required actions as `action on resource`. */
export const needs = (service: string, operation: string, input: CallInput) =>
  actionsOf(service, operation, input, names).map(
    ({ action, resource }) => `${action} on ${resource}`,
  );
