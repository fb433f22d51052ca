import { AwsError } from '../kernel.ts';
import { compilePattern, type EventPattern } from './pattern.ts';
import { parseSchedule, type Schedule } from './schedule.ts';

/** "RetryPolicy" in the Amazon EventBridge API Reference. */
const DEFAULT_RETRY_ATTEMPTS = 185;
/** "Amazon EventBridge quotas" in the EventBridge User Guide. */
const MAX_TARGETS = 5;

/** A destination of matching events. */
export interface RuleTarget {
  readonly id: string;
  /** ARN of a queue or function. */
  readonly arn: string;
  /** JSON text sent instead of the event. */
  readonly input?: string;
  /** The part sent instead of the whole event: the fields of a path such as `$.detail.x`. */
  readonly inputPath?: readonly string[];
  /** ARN of the queue for events that could not be delivered. */
  readonly deadLetterArn?: string;
  readonly maximumRetryAttempts: number;
  /** As in the template. */
  readonly definition: Readonly<Record<string, unknown>>;
}

export interface Rule {
  readonly name: string;
  readonly arn: string;
  readonly busName: string;
  readonly enabled: boolean;
  readonly pattern?: EventPattern;
  readonly patternText?: string;
  readonly schedule?: Schedule;
  readonly scheduleExpression?: string;
  readonly targets: readonly RuleTarget[];
}

/** Properties of AWS::Events::Rule. */
export interface RuleProperties {
  readonly EventPattern?: unknown;
  readonly ScheduleExpression?: string;
  readonly State?: string;
  readonly Targets?: readonly Record<string, unknown>[];
}

/**
 * Reads and checks a rule.
 * @throws AwsError for a schedule on a bus other than `default`, a rule without pattern and
 * schedule, a malformed pattern or schedule, a target other than a queue or function, or an
 * unsupported target property
 */
export function readRule(
  where: { name: string; arn: string; busName: string; nowMs: number },
  properties: RuleProperties,
): Rule {
  const { EventPattern: pattern, ScheduleExpression: expression, State = 'ENABLED' } = properties;
  if (expression !== undefined && where.busName !== 'default') {
    throw invalid('ScheduleExpression is supported only on the default event bus.');
  }
  if (pattern === undefined && expression === undefined) {
    throw invalid('Parameter(s) EventPattern or ScheduleExpression must be specified.');
  }
  if (State !== 'ENABLED' && State !== 'DISABLED')
    throw invalid(`State ${State} is not supported.`);
  const targets = properties.Targets ?? [];
  if (targets.length > MAX_TARGETS) throw invalid(`A rule has at most ${MAX_TARGETS} targets.`);
  const { nowMs, ...identity } = where;
  return {
    ...identity,
    enabled: State === 'ENABLED',
    ...(pattern === undefined
      ? {}
      : { pattern: compilePattern(pattern), patternText: JSON.stringify(pattern) }),
    ...(expression === undefined
      ? {}
      : { schedule: parseSchedule(expression, nowMs), scheduleExpression: expression }),
    targets: targets.map(readTarget),
  };
}

function readTarget(given: Record<string, unknown>): RuleTarget {
  const { Id, Arn, Input, InputPath, DeadLetterConfig, RetryPolicy, ...others } = given;
  const unknown = Object.keys(others);
  if (unknown.length > 0) throw invalid(`Target property ${unknown.join(', ')} is not supported.`);
  if (typeof Id !== 'string' || typeof Arn !== 'string')
    throw invalid('A target must have Id and Arn.');
  if (!/^arn:[^:]+:(sqs|lambda):/.test(Arn)) {
    throw invalid(`Target ${Arn} is not supported: a target must be a queue or function.`);
  }
  const { MaximumRetryAttempts } = (RetryPolicy ?? {}) as { MaximumRetryAttempts?: number };
  const { Arn: deadLetterArn } = (DeadLetterConfig ?? {}) as { Arn?: string };
  return {
    id: Id,
    arn: Arn,
    ...(typeof Input === 'string' ? { input: Input } : {}),
    ...(typeof InputPath === 'string' ? { inputPath: readPath(InputPath) } : {}),
    ...(deadLetterArn === undefined ? {} : { deadLetterArn }),
    maximumRetryAttempts: Number(MaximumRetryAttempts ?? DEFAULT_RETRY_ATTEMPTS),
    definition: given,
  };
}

function readPath(path: string): string[] {
  if (/^\$(\.[\w-]+)*$/.test(path)) return path.split('.').slice(1);
  throw invalid(`InputPath ${path} is not supported: it must have the form $.a.b.`);
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
