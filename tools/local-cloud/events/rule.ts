import { AwsError } from '../kernel.ts';
import { compilePattern, type EventPattern } from './pattern.ts';
import { parseSchedule, type Schedule } from './schedule.ts';

/** Where a matching event goes. */
export interface RuleTarget {
  readonly id: string;
  /** Queue or function. */
  readonly arn: string;
  /** JSON text sent instead of the event. */
  readonly input?: string;
  /** Path (`$.detail.x`) of the part sent instead of the whole event. */
  readonly inputPath?: readonly string[];
  /** Queue for what could not be delivered. */
  readonly deadLetterArn?: string;
  readonly maximumRetryAttempts: number;
}

export interface Rule {
  readonly name: string;
  readonly arn: string;
  readonly busName: string;
  readonly enabled: boolean;
  readonly pattern?: EventPattern;
  readonly schedule?: Schedule;
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
 * @throws AwsError for a schedule on a bus other than `default`, a rule with neither pattern nor schedule, a malformed
 * pattern or schedule, a target that is neither queue nor function, or a target property that we do not have
 */
export function readRule(
  where: { name: string; arn: string; busName: string; nowMs: number },
  properties: RuleProperties,
): Rule {
  const { EventPattern: pattern, ScheduleExpression: expression, State = 'ENABLED' } = properties;
  if (expression !== undefined && where.busName !== 'default') {
    throw refused('ScheduleExpression is supported only on the default event bus.');
  }
  if (pattern === undefined && expression === undefined) {
    throw refused('Parameter(s) EventPattern or ScheduleExpression must be specified.');
  }
  if (State !== 'ENABLED' && State !== 'DISABLED')
    throw refused(`State ${State} is not supported.`);
  const targets = properties.Targets ?? [];
  if (targets.length > 5) throw refused('A rule has at most 5 targets.');
  const { nowMs, ...identity } = where;
  return {
    ...identity,
    enabled: State === 'ENABLED',
    ...(pattern === undefined ? {} : { pattern: compilePattern(pattern) }),
    ...(expression === undefined ? {} : { schedule: parseSchedule(expression, nowMs) }),
    targets: targets.map(readTarget),
  };
}

const defaultRetryAttempts = 185;

function readTarget(given: Record<string, unknown>): RuleTarget {
  const { Id, Arn, Input, InputPath, DeadLetterConfig, RetryPolicy, ...others } = given;
  const unknown = Object.keys(others);
  if (unknown.length > 0) throw refused(`Target property ${unknown.join(', ')} is not supported.`);
  if (typeof Id !== 'string' || typeof Arn !== 'string')
    throw refused('A target needs Id and Arn.');
  if (!/^arn:[^:]+:(sqs|lambda):/.test(Arn)) {
    throw refused(`Target ${Arn} is not supported: only queues and functions are.`);
  }
  const { MaximumRetryAttempts } = (RetryPolicy ?? {}) as { MaximumRetryAttempts?: number };
  const { Arn: deadLetterArn } = (DeadLetterConfig ?? {}) as { Arn?: string };
  return {
    id: Id,
    arn: Arn,
    ...(typeof Input === 'string' ? { input: Input } : {}),
    ...(typeof InputPath === 'string' ? { inputPath: readPath(InputPath) } : {}),
    ...(deadLetterArn === undefined ? {} : { deadLetterArn }),
    maximumRetryAttempts: Number(MaximumRetryAttempts ?? defaultRetryAttempts),
  };
}

function readPath(path: string): string[] {
  if (/^\$(\.[\w-]+)*$/.test(path)) return path.split('.').slice(1);
  throw refused(`InputPath ${path} is not supported: only $.a.b is.`);
}

function refused(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
