import { AwsError, type Kernel } from '../kernel.ts';
import type { LogEvent, LogGroup, LogStore } from './log-store.ts';

export type Input = Readonly<Record<string, unknown>>;

export function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}

/** Reads a text member. @throws AwsError InvalidParameterException */
export function textOf(input: Input, name: string): string | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  throw invalid(`${name} must be a string`);
}

/** Reads `limit`. The default is the maximum. @throws AwsError InvalidParameterException */
export function limitOf(input: Input, maximum: number): number {
  return numberOf(input, 'limit', 1, maximum) ?? maximum;
}

/** Reads a whole number in a range. @throws AwsError InvalidParameterException */
function numberOf(input: Input, name: string, least: number, most: number): number | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) {
    return value;
  }
  throw invalid(
    `1 validation error detected: Value '${String(value)}' at '${name}' failed to satisfy constraint: Member must be a whole number from ${least} to ${most}`,
  );
}

/**
 * The log group of a request, by name or ARN.
 * @throws AwsError ResourceNotFoundException, InvalidParameterException
 */
export function groupOf(store: LogStore, kernel: Kernel, input: Input): LogGroup {
  const name = textOf(input, 'logGroupName');
  const identifier = textOf(input, 'logGroupIdentifier');
  if ((name === undefined) === (identifier === undefined)) {
    throw invalid('Exactly one of logGroupName and logGroupIdentifier must be specified.');
  }
  const wanted = name ?? (identifier ?? '').replace(kernel.arn('logs', 'log-group:'), '');
  const group = store.find(wanted.replace(/:\*$/, ''));
  if (group) return group;
  throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
}

/** The events of a group between the times of the request: `startTime` and before `endTime`. */
export function eventsBetween(group: LogGroup, input: Input): LogEvent[] {
  const start = numberOf(input, 'startTime', 0, Number.MAX_SAFE_INTEGER) ?? 0;
  const end = numberOf(input, 'endTime', 0, Number.MAX_SAFE_INTEGER) ?? Number.POSITIVE_INFINITY;
  return group.events.filter(({ timestamp }) => timestamp >= start && timestamp < end);
}
