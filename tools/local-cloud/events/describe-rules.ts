import { pageOf, type SortKey } from '../endpoint/page-token.ts';
import { AwsError } from '../kernel.ts';
import type { Buses } from './buses.ts';
import { compilePattern } from './pattern.ts';
import { invalidPattern } from './pattern-error.ts';
import type { Rule } from './rule.ts';

type Input = Readonly<Record<string, unknown>>;

const MAX_LIMIT = 100;

/** ListRules of one bus, by name. @throws AwsError ResourceNotFoundException, ValidationException */
export function listRules(buses: Buses, input: Input) {
  const rules = rulesOf(buses, input).filter(({ name }) => startsWith(name, input.NamePrefix));
  const { items, next } = paged(input, 'rules', rules, ({ name }) => [name]);
  return { Rules: items.map(described), ...next };
}

/** DescribeRule. @throws AwsError ResourceNotFoundException */
export function describeRule(buses: Buses, input: Input) {
  return described(ruleNamed(buses, input, input.Name));
}

/** ListTargetsByRule. @throws AwsError ResourceNotFoundException, ValidationException */
export function listTargets(buses: Buses, input: Input) {
  const { targets } = ruleNamed(buses, input, input.Rule);
  const { items, next } = paged(input, `targets of ${input.Rule}`, targets, ({ id }) => [id]);
  return { Targets: items.map(({ definition }) => definition), ...next };
}

/** ListRuleNamesByTarget. @throws AwsError ResourceNotFoundException, ValidationException */
export function listRuleNamesByTarget(buses: Buses, input: Input) {
  const rules = rulesOf(buses, input).filter(({ targets }) =>
    targets.some(({ arn }) => arn === input.TargetArn),
  );
  const { items, next } = paged(input, `rules of ${input.TargetArn}`, rules, ({ name }) => [name]);
  return { RuleNames: items.map(({ name }) => name), ...next };
}

/** ListEventBuses by name. @throws AwsError ValidationException */
export function listEventBuses(buses: Buses, input: Input) {
  const names = buses.names().filter((name) => startsWith(name, input.NamePrefix));
  const { items, next } = paged(input, 'buses', names, (name) => [name]);
  return { EventBuses: items.map((Name) => ({ Name, Arn: buses.arn(Name) })), ...next };
}

/** DescribeEventBus. @throws AwsError ResourceNotFoundException */
export function describeEventBus(buses: Buses, input: Input) {
  const { name: Name } = busNamed(buses, input.Name);
  return { Name, Arn: buses.arn(Name) };
}

/** TestEventPattern. @throws AwsError InvalidEventPatternException, ValidationException */
export function testEventPattern(input: Input) {
  const matches = compilePattern(parsed(input.EventPattern, invalidPattern('it is not JSON')));
  const event = parsed(input.Event, invalid('Parameter Event is not valid.'));
  return { Result: matches(event) };
}

function described(rule: Rule) {
  return {
    Name: rule.name,
    Arn: rule.arn,
    EventBusName: rule.busName,
    State: rule.enabled ? 'ENABLED' : 'DISABLED',
    EventPattern: rule.patternText,
    ScheduleExpression: rule.scheduleExpression,
  };
}

function busNamed(buses: Buses, given: unknown) {
  return buses.get(String(given ?? 'default'));
}

function rulesOf(buses: Buses, input: Input): Rule[] {
  return [...busNamed(buses, input.EventBusName).rules.values()];
}

function ruleNamed(buses: Buses, input: Input, name: unknown): Rule {
  const bus = busNamed(buses, input.EventBusName);
  const rule = [...bus.rules.values()].find((one) => one.name === name);
  if (rule) return rule;
  throw new AwsError(
    'ResourceNotFoundException',
    `Rule ${String(name)} does not exist on EventBus ${bus.name}.`,
  );
}

function paged<T>(input: Input, scope: string, all: readonly T[], keyOf: (item: T) => SortKey) {
  const limit = Number(input.Limit ?? MAX_LIMIT);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
    throw invalid(`Limit must be a whole number from 1 to ${MAX_LIMIT}.`);
  }
  const { items, nextToken } = pageOf(all, {
    ...{ scope, limit, keyOf, token: input.NextToken },
    invalidToken: () => invalid('NextToken is not valid.'),
  });
  return { items, next: nextToken === undefined ? {} : { NextToken: nextToken } };
}

function startsWith(name: string, prefix: unknown): boolean {
  return name.startsWith(String(prefix ?? ''));
}

function parsed(text: unknown, error: AwsError): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    throw error;
  }
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
