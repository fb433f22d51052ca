import { compilePattern } from '../events/pattern.ts';
import { AwsError } from '../kernel.ts';

/** True for records that are delivered to the function. */
export type EventFilter = (record: object) => boolean;

/** The default is 5. AWS raises it to 10 on request. */
const MAX_FILTERS = 10;

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
  const patterns = Filters.map(({ Pattern }) => compilePattern(parsePattern(Pattern)));
  return (record) => {
    const matched = withParsedBody(record);
    return patterns.some((matches) => matches(matched));
  };
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
