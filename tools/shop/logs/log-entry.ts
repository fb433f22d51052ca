/** A line of a log file of `npm start`, taken apart. */
export interface LogEntry {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly variant: string;
  /** The stack's last word: `payments`, `provider`, … */
  readonly service: string;
  /** Logical id of the function or container service that wrote it. */
  readonly source: string;
  readonly text: string;
  /** What a process logged as JSON; other lines (reports, crashes) have none. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

const line = /^(\S+Z) (\S+) (.*)$/s;

/** How the log book writes a line. */
export function formatLogLine(entry: { at: number; source: string; text: string }): string {
  return `${new Date(entry.at).toISOString()} ${entry.source} ${entry.text}\n`;
}

/** The variant and the service that a stack, and so a log file, belongs to. */
export function partsOfStack(stack: string): { variant: string; service: string } {
  const [, variant, service] = /^triptych-([^-]+)-(.+)$/.exec(stack) ?? [];
  return { variant: variant ?? '', service: service ?? stack };
}

/** A line of `<stack>.log`; undefined for one that a killed process left half. */
export function parseLogLine(stack: string, written: string): LogEntry | undefined {
  const [, at, source, text] = line.exec(written) ?? [];
  if (!at || !source || text === undefined) return undefined;
  const fields = parseFields(text);
  return {
    at: Date.parse(at),
    ...partsOfStack(stack),
    source,
    text,
    ...(fields ? { fields } : {}),
  };
}

function parseFields(text: string): Record<string, unknown> | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
