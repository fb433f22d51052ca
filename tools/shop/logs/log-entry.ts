/** A parsed line of a log file of `npm start`. */
export interface LogEntry {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly variant: string;
  /** The last part of the stack's name: `payments`, `provider`, … */
  readonly service: string;
  /** Logical id of the function or container service that wrote it. */
  readonly source: string;
  readonly text: string;
  /** The fields of a JSON log line; absent for other lines, such as Lambda reports and crashes. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

const LINE_PATTERN = /^(\S+Z) (\S+) (.*)$/s;

/** Formats a line for a log file. {@link parseLogLine} is the inverse. */
export function formatLogLine(entry: { at: number; source: string; text: string }): string {
  return `${new Date(entry.at).toISOString()} ${entry.source} ${entry.text}\n`;
}

/** The variant and the service of a stack. Each stack has its own log file. */
export function partsOfStack(stack: string): { variant: string; service: string } {
  const [, variant, service] = /^triptych-([^-]+)-(.+)$/.exec(stack) ?? [];
  return { variant: variant ?? '', service: service ?? stack };
}

/** Parses a line of `<stack>.log`; undefined when a killed process truncated it. */
export function parseLogLine(stack: string, written: string): LogEntry | undefined {
  const [, at, source, text] = LINE_PATTERN.exec(written) ?? [];
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
