import { invalidPattern } from './pattern-error.ts';

const COMPARISONS: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};
/** "Numeric matching" in the EventBridge User Guide. Larger numbers are not compared. */
const MAX_ABSOLUTE = 5e9;

/**
 * Compiles `["=", 5]`, `["<", 5]`, or a range that starts with its lower bound, e.g.
 * `[">", 0, "<=", 5]`.
 * @throws AwsError InvalidEventPatternException
 */
export function numericMatcher(operand: unknown): (value: unknown) => boolean {
  if (!Array.isArray(operand)) throw invalidPattern('Value of numeric must be an array.');
  const [operator, first, upperOperator, second, ...rest]: unknown[] = operand;
  const lower = comparison(operator, first, 'Unrecognized numeric range operator');
  if (operand.length === 2) return onNumber(lower);
  if (operator !== '>' && operator !== '>=') {
    throw invalidPattern('Too many elements in numeric expression');
  }
  if (upperOperator !== '<' && upperOperator !== '<=') {
    throw invalidPattern(`Bad numeric range operator: ${String(upperOperator)}`);
  }
  const upper = comparison(upperOperator, second, 'Bad numeric range operator');
  if (rest.length > 0) throw invalidPattern('Too many terms in numeric range expression');
  if (Number(first) >= Number(second)) throw invalidPattern('Bottom must be less than top');
  return onNumber((value) => lower(value) && upper(value));
}

function comparison(
  operator: unknown,
  bound: unknown,
  unknownOperator: string,
): (value: number) => boolean {
  if (typeof operator !== 'string') {
    throw invalidPattern(`Invalid member in numeric match: ${JSON.stringify(operator)}`);
  }
  const compare = Object.hasOwn(COMPARISONS, operator) ? COMPARISONS[operator] : undefined;
  if (!compare) throw invalidPattern(`${unknownOperator}: ${operator}`);
  if (typeof bound !== 'number') throw invalidPattern(`Value of ${operator} must be numeric`);
  if (Math.abs(bound) > MAX_ABSOLUTE) {
    throw invalidPattern(`Value must be between -5.0e9 and 5.0e9, inclusive: ${bound}`);
  }
  return (value) => compare(value, bound);
}

function onNumber(test: (value: number) => boolean): (value: unknown) => boolean {
  return (value) => typeof value === 'number' && Math.abs(value) <= MAX_ABSOLUTE && test(value);
}
