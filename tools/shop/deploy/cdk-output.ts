import type { Failure } from './explain-failure.ts';

/** An event of a stack in the CDK's output. */
export interface ResourceEvent {
  readonly stack: string;
  readonly status: string;
  readonly type: string;
  readonly resource: string;
  readonly reason?: string;
}

/**
 * Parses a line of `cdk deploy --progress events`, for example
 * `triptych-x-state | 3/12 | 10:12:03 AM | CREATE_FAILED | AWS::SQS::Queue | Dead (Dead0A1B) Invalid value`.
 * @returns undefined for any other line
 */
export function resourceEvent(line: string): ResourceEvent | undefined {
  const [stack = '', , , status = '', type = '', ...rest] = line
    .split(' | ')
    .map((one) => one.trim());
  if (!/^[A-Z]+(_[A-Z]+)+$/.test(status) || type === '') return undefined;
  const [, resource = '', reason = ''] = /^(.*?\([^)]*\)|\S+)\s*(.*)$/.exec(rest.join(' | ')) ?? [];
  return { stack, status, type, resource, ...(reason ? { reason } : {}) };
}

/** The failure in an event, or undefined. */
export function failureOf({ stack, status, type, resource, reason }: ResourceEvent) {
  if (!status.endsWith('_FAILED')) return undefined;
  return { stack, type, resource, reason: reason ?? status } satisfies Failure;
}
