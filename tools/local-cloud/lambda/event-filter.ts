import { compilePattern } from '../events/pattern.ts';

/** True for records the function is to see. */
export type EventFilter = (record: object) => boolean;

/** A message body that is JSON is matched as JSON, any other as text. */
function asMatched(record: object): unknown {
  const { body } = record as { body?: unknown };
  if (typeof body !== 'string') return record;
  try {
    return { ...record, body: JSON.parse(body) };
  } catch {
    return record;
  }
}

/**
 * Compiles `FilterCriteria`: a record passes when any of the patterns matches it, or when there are
 * none. Throws an AwsError naming a malformed pattern.
 */
export function eventFilter(criteria: unknown): EventFilter {
  const { Filters = [] } = (criteria ?? {}) as { Filters?: { Pattern?: string }[] };
  if (Filters.length === 0) return () => true;
  const patterns = Filters.map(({ Pattern }) => compilePattern(JSON.parse(Pattern ?? '{}')));
  return (record) => {
    const matched = asMatched(record);
    return patterns.some((matches) => matches(matched));
  };
}
