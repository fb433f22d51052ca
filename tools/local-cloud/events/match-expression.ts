import { invalidPattern } from './pattern-error.ts';

/** Whether one value of an event matches. `undefined` stands for an absent field. */
export type Matcher = (value: unknown) => boolean;

type Operator = (operand: unknown, at: string) => Matcher;

const OPERATORS: Readonly<Record<string, Operator>> = {
  prefix: (operand, at) => textOperator(operand, at, (value, text) => value.startsWith(text)),
  suffix: (operand, at) => textOperator(operand, at, (value, text) => value.endsWith(text)),
  'equals-ignore-case': (operand, at) => {
    const text = string(operand, at).toLowerCase();
    return (value) => typeof value === 'string' && value.toLowerCase() === text;
  },
  wildcard: (operand, at) => {
    const literal = string(operand, at).split('*').map(escapeExpression);
    const expression = new RegExp(`^${literal.join('.*')}$`, 's');
    return (value) => typeof value === 'string' && expression.test(value);
  },
  numeric: (operand, at) => numericMatcher(operand, at),
  exists: (operand, at) => {
    if (typeof operand !== 'boolean') throw invalidPattern(`${at}: exists must be true or false`);
    return (value) => (value !== undefined) === operand;
  },
  'anything-but': (operand, at) => {
    const excluded = (Array.isArray(operand) ? operand : [operand]).map((one) => matcher(one, at));
    return (value) => value !== undefined && !excluded.some((matches) => matches(value));
  },
};

/**
 * Compiles one alternative of a field: a literal, or an object with one operator.
 * @param at the path of the field, for messages
 * @throws AwsError InvalidEventPatternException
 */
export function matcher(wanted: unknown, at: string): Matcher {
  if (typeof wanted !== 'object' || wanted === null) return (value) => value === wanted;
  const [name, ...others] = Object.keys(wanted);
  const operator =
    name !== undefined && Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
  if (!operator || others.length > 0) {
    const known = Object.keys(OPERATORS).join(', ');
    throw invalidPattern(`${at}: ${JSON.stringify(wanted)} is not one of the operators ${known}`);
  }
  return operator((wanted as Record<string, unknown>)[name as string], at);
}

function textOperator(
  operand: unknown,
  at: string,
  test: (value: string, text: string) => boolean,
): Matcher {
  if (typeof operand === 'object' && operand !== null && 'equals-ignore-case' in operand) {
    const lower = string(operand['equals-ignore-case'], at).toLowerCase();
    return (value) => typeof value === 'string' && test(value.toLowerCase(), lower);
  }
  const text = string(operand, at);
  return (value) => typeof value === 'string' && test(value, text);
}

const COMPARISONS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '=': (a, b) => a === b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/** One or two comparisons that must all hold, e.g. `["=", 5]` or `[">", 0, "<=", 5]`. */
function numericMatcher(operand: unknown, at: string): Matcher {
  const parts = Array.isArray(operand) ? operand : [];
  if (parts.length !== 2 && parts.length !== 4) {
    throw invalidPattern(`${at}: numeric must have one or two comparisons`);
  }
  const tests: ((value: number) => boolean)[] = [];
  for (let index = 0; index < parts.length; index += 2) {
    const compare = COMPARISONS[String(parts[index])];
    const bound: unknown = parts[index + 1];
    if (!compare || typeof bound !== 'number') {
      throw invalidPattern(`${at}: numeric ${JSON.stringify(parts)} is not a comparison`);
    }
    tests.push((value) => compare(value, bound));
  }
  return (value) => typeof value === 'number' && tests.every((test) => test(value));
}

function string(operand: unknown, at: string): string {
  if (typeof operand === 'string' && operand !== '') return operand;
  throw invalidPattern(`${at}: ${JSON.stringify(operand)} must be a non-empty string`);
}

function escapeExpression(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
}
