import { compilePattern } from '../events/pattern.ts';
import { isObject } from '../is-object.ts';
import { AwsError } from '../kernel.ts';

/** True for records that are delivered to the function. */
export type EventFilter = (record: object) => boolean;

/** The default is 5. AWS raises it to 10 on request. */
const MAX_FILTERS = 10;

/**
 * The operators of filters, which are fewer than those of EventBridge's rules: "Filter rule syntax"
 * in the AWS Lambda Developer Guide. Each has a value or a list of values, but no other operator.
 */
const OPERATORS = ['anything-but', 'equals-ignore-case', 'exists', 'numeric', 'prefix', 'suffix'];

/** Parses a message body that is JSON, so that patterns match its fields. */
function withParsedBody(record: object): unknown {
  const { body } = record as { body?: unknown };
  if (typeof body !== 'string') return record;
  try {
    return { ...record, body: JSON.parse(body) };
  } catch {
    return record;
  }
}

/**
 * Compiles `FilterCriteria`. A record passes when one of the patterns matches it, or when there are
 * no patterns.
 * @throws AwsError InvalidParameterValueException, or an error of EventBridge that names the
 * malformed part of a pattern
 */
export function eventFilter(criteria: unknown): EventFilter {
  const { Filters = [] } = (criteria ?? {}) as { Filters?: { Pattern?: string }[] };
  if (Filters.length === 0) return () => true;
  if (Filters.length > MAX_FILTERS) {
    throw invalid(`FilterCriteria must have at most ${MAX_FILTERS} filters.`);
  }
  const patterns = Filters.map(({ Pattern }) => {
    const pattern = parsePattern(Pattern);
    const [operator] = unsupportedOperators(pattern);
    if (operator === undefined) return compilePattern(pattern);
    throw invalid(`Invalid filter pattern definition: Lambda does not support ${operator}.`);
  });
  return (record) => {
    const matched = withParsedBody(record);
    return patterns.some((matches) => matches(matched));
  };
}

/** The operators of a pattern, e.g. `prefix` or `anything-but prefix`, that filters do not have. */
function unsupportedOperators(pattern: unknown): string[] {
  if (!isObject(pattern)) return [];
  return Object.entries(pattern).flatMap(([name, wanted]) => {
    if (!Array.isArray(wanted)) return unsupportedOperators(wanted);
    if (name === '$or') return wanted.flatMap(unsupportedOperators);
    return wanted.filter(isObject).flatMap((expression) =>
      Object.entries(expression).flatMap(([operator, operand]) => {
        if (!OPERATORS.includes(operator)) return [operator];
        return isObject(operand) ? [`${operator} ${Object.keys(operand).join()}`] : [];
      }),
    );
  });
}

function parsePattern(pattern: unknown): unknown {
  try {
    return JSON.parse(String(pattern));
  } catch {
    throw invalid(`Invalid filter pattern definition: ${String(pattern)} is not JSON.`);
  }
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message);
}
