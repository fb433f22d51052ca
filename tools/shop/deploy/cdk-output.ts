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

/** `✅  triptych-serverless-state (no changes)`: a stack is deployed. */
export function finishedStack(line: string): { stack: string; changed: boolean } | undefined {
  const [, stack, unchanged] = /✅\s+(\S+)( \(no changes\))?/.exec(line) ?? [];
  return stack === undefined ? undefined : { stack, changed: unchanged === undefined };
}

/** The reason of a failure without a resource: the last line with a cross or an error, else the last line. */
export function lastReason(lines: readonly string[]): string {
  const errors = lines.filter((line) =>
    /❌|error|failed|denied|not authorized|cannot|unable/i.test(line),
  );
  return (errors.at(-1) ?? lines.at(-1) ?? 'it printed nothing').replace(/\s+/g, ' ').trim();
}
