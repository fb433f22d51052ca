import { isObject } from '../is-object.ts';
import { equalAddress, inAddressRange } from './address-range.ts';
import { numericMatcher } from './numeric-match.ts';
import { invalidPattern } from './pattern-error.ts';
import { wildcardMatcher } from './wildcard.ts';

/** Whether one leaf of an event matches. `undefined` stands for an absent field. */
export type Matcher = (value: unknown) => boolean;

type TextTest = (value: string, operand: string) => boolean;

const STARTS: TextTest = (value, operand) => value.startsWith(operand);
const ENDS: TextTest = (value, operand) => value.endsWith(operand);
const SAME_IGNORING_CASE: TextTest = (value, operand) =>
  value.toLowerCase() === operand.toLowerCase();

/**
 * The operators of a match expression. Syntax and messages: github.com/aws/event-ruler, which
 * EventBridge runs.
 */
const OPERATORS: Readonly<Record<string, (operand: unknown) => Matcher>> = {
  exactly: (operand) => text(operand, 'exact', (value, wanted) => value === wanted),
  prefix: (operand) => textOrIgnoringCase(operand, 'prefix', STARTS),
  suffix: (operand) => textOrIgnoringCase(operand, 'suffix', ENDS),
  'equals-ignore-case': (operand) => text(operand, 'equals-ignore-case', SAME_IGNORING_CASE),
  wildcard: (operand) => onText(wildcardMatcher(operand)),
  cidr: (operand) => onText(inAddressRange(operand)),
  numeric: numericMatcher,
  exists: (operand) => {
    if (typeof operand === 'boolean') return (value) => (value !== undefined) === operand;
    throw invalidPattern('exists match pattern must be either true or false.');
  },
  'anything-but': (operand) => {
    const excluded = excludedBy(operand);
    return (value) => value !== undefined && !excluded.some((matches) => matches(value));
  },
};

/**
 * Compiles one alternative of a field: a literal, or an object with one operator.
 * @throws AwsError InvalidEventPatternException
 */
export function matchExpression(wanted: unknown): Matcher {
  if (Array.isArray(wanted)) {
    throw invalidPattern('Match value must be String, number, true, false, or null');
  }
  if (typeof wanted !== 'object' || wanted === null) return literal(wanted);
  const [name, ...others] = Object.keys(wanted);
  if (name === undefined) throw invalidPattern('Match expression name not found');
  const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
  if (!operator) throw invalidPattern(`Unrecognized match type ${name}`);
  if (others.length > 0) throw invalidPattern('Only one key allowed in match expression');
  return operator((wanted as Record<string, unknown>)[name]);
}

/** Numbers and texts are compared by value, IP addresses also in their other notations. */
function literal(wanted: unknown): Matcher {
  const address = typeof wanted === 'string' ? equalAddress(wanted) : undefined;
  return (value) =>
    value === wanted || (address !== undefined && typeof value === 'string' && address(value));
}

function text(operand: unknown, name: string, test: TextTest): Matcher {
  if (typeof operand !== 'string') {
    throw invalidPattern(`${name} match pattern must be a string`);
  }
  return onText((value) => test(value, operand));
}

function textOrIgnoringCase(operand: unknown, name: string, test: TextTest): Matcher {
  if (!isObject(operand)) return text(operand, name, test);
  const [inner, ...others] = Object.keys(operand);
  if (inner !== 'equals-ignore-case') {
    throw invalidPattern(`Unsupported ${name} pattern: ${inner}`);
  }
  if (others.length > 0) throw invalidPattern('Only one key allowed in match expression');
  return text(operand[inner], inner, (value, wanted) =>
    test(value.toLowerCase(), wanted.toLowerCase()),
  );
}

function onText(test: (value: string) => boolean): Matcher {
  return (value) => typeof value === 'string' && test(value);
}

/** The operators that `anything-but` can negate, each with one text or a list of texts. */
const NEGATABLE = ['prefix', 'suffix', 'equals-ignore-case', 'wildcard'];

function excludedBy(operand: unknown): Matcher[] {
  if (isObject(operand)) return excludedByOperator(operand);
  const values: unknown[] = Array.isArray(operand) ? operand : [operand];
  const types = new Set(values.map((value) => typeof value));
  const [type] = types;
  if (types.size !== 1 || (type !== 'string' && type !== 'number')) {
    throw invalidPattern(
      'Inside anything but list, either all values are number or string, mixed type is not supported',
    );
  }
  return values.map(
    (excluded): Matcher =>
      (value) =>
        value === excluded,
  );
}

function excludedByOperator(operand: Readonly<Record<string, unknown>>): Matcher[] {
  const [name, ...others] = Object.keys(operand);
  if (name === undefined) throw invalidPattern('Anything-But expression name not found');
  if (!NEGATABLE.includes(name)) throw invalidPattern(`Unsupported anything-but pattern: ${name}`);
  if (others.length > 0) throw invalidPattern('Only one key allowed in match expression');
  const wanted: unknown = operand[name];
  const values: unknown[] = Array.isArray(wanted) ? wanted : [wanted];
  return values.map((value) => {
    if (typeof value !== 'string') throw invalidPattern(`${name} match pattern must be a string`);
    if (value === '' && (name === 'prefix' || name === 'suffix')) {
      throw invalidPattern('Null prefix/suffix not allowed');
    }
    return matchExpression({ [name]: value });
  });
}
