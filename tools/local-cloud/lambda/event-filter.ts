import { compilePattern } from '../events/pattern.ts';

/** True for records that are delivered to the function. */
export type EventFilter = (record: object) => boolean;

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
 * @throws AwsError that names a malformed pattern
 */
export function eventFilter(criteria: unknown): EventFilter {
  const { Filters = [] } = (criteria ?? {}) as { Filters?: { Pattern?: string }[] };
  if (Filters.length === 0) return () => true;
  const patterns = Filters.map(({ Pattern }) => compilePattern(JSON.parse(Pattern ?? '{}')));
  return (record) => {
    const matched = withParsedBody(record);
    return patterns.some((matches) => matches(matched));
  };
}
