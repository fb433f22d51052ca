import { type Matcher, matcher } from './matcher.ts';
import { invalidPattern } from './pattern-error.ts';

/** Whether an event, in the form of its envelope, matches. */
export type EventPattern = (event: unknown) => boolean;

/**
 * Compiles an event pattern. Every field must match one of its alternatives, and `$or` one of its
 * branches. Rules: "Creating Amazon EventBridge event patterns" in the EventBridge User Guide.
 * @throws AwsError InvalidEventPatternException that names the malformed or unsupported part
 */
export function compilePattern(pattern: unknown, path = ''): EventPattern {
  if (!isObject(pattern) || Object.keys(pattern).length === 0) {
    throw invalidPattern(`${path || 'the pattern'} must be an object with at least one field`);
  }
  const parts = Object.entries(pattern).map(([field, wanted]): EventPattern => {
    const at = path ? `${path}.${field}` : field;
    if (field === '$or') return compileOr(wanted, at);
    return isObject(wanted) ? nested(field, wanted, at) : leaf(field, wanted, at);
  });
  return (event) => parts.every((part) => part(event));
}

function compileOr(branches: unknown, at: string): EventPattern {
  if (!Array.isArray(branches) || branches.length < 2) {
    throw invalidPattern(`${at} must be a list of at least two patterns`);
  }
  const compiled = branches.map((branch) => compilePattern(branch, at));
  return (event) => compiled.some((branch) => branch(event));
}

function nested(field: string, wanted: object, at: string): EventPattern {
  const compiled = compilePattern(wanted, at);
  return (event) => {
    const value = fieldOf(event, field);
    // A list of objects matches when one of the objects matches.
    return Array.isArray(value) ? value.some(compiled) : compiled(value);
  };
}

function leaf(field: string, wanted: unknown, at: string): EventPattern {
  if (!Array.isArray(wanted) || wanted.length === 0) {
    throw invalidPattern(`${at} must be a list of alternatives`);
  }
  const matchers = wanted.map((one): Matcher => matcher(one, at));
  return (event) => {
    const value = fieldOf(event, field);
    const values = Array.isArray(value) ? value : [value];
    return matchers.some((matches) => values.some(matches));
  };
}

function fieldOf(event: unknown, field: string): unknown {
  return isObject(event) && Object.hasOwn(event, field) ? event[field] : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
