import { stripVTControlCharacters } from 'node:util';
import colors from 'picocolors';
import { failureText } from '../trace/failure.ts';
import { TRACE_DIGITS } from '../trace/render-failures.ts';
import type { LogEntry } from './log-entry.ts';

/** Fields that appear elsewhere in the line or do not help a reader. */
const HIDDEN_FIELDS = new Set([
  ...['level', 'time', 'service', 'variant', 'msg', 'name', 'traceId', 'spanId', 'parentId'],
  ...['startMs', 'durationMs', 'pid', 'cold', 'ok', 'err', 'requestId', '_aws'],
]);

/** Fields of a span that appear after its duration. */
const OUTCOME_FIELDS = new Set(['error', 'status', 'reason']);

const COLOR_OF_LEVEL: Record<string, (text: string) => string> = {
  warn: colors.yellow,
  error: colors.red,
  fatal: colors.red,
};

/**
 * Renders a log entry for the terminal: time, place, message, other fields, and the first digits of the trace id.
 * `18:03:07.123 serverless  payments  charge 478 ms orderId=… ·4f2a91c0`
 */
export function renderLine(entry: LogEntry): string {
  const { at, variant, service, fields } = entry;
  const time = new Date(at).toTimeString().slice(0, 8) + ((at % 1000) / 1000).toFixed(3).slice(1);
  const where = `${variant.padEnd(13)} ${service.padEnd(8)}`;
  const head = `${colors.dim(time)} ${colors.cyan(where)}`;
  if (!fields) return `${head} ${colors.dim(visible(entry.text))}`;
  const level = String(fields.level ?? 'info');
  const what = fields.msg === 'span' ? spanText(fields) : visible(String(fields.msg ?? ''));
  const mark = level === 'info' ? '' : `${level.toUpperCase()} `;
  const failed = fields.ok === false || typeof fields.error === 'string';
  const text = (COLOR_OF_LEVEL[level] ?? (failed ? colors.red : String))(`${mark}${what}`);
  const rest = details(fields);
  return [head, text, rest && colors.dim(rest)].filter(Boolean).join(' ');
}

function spanText(fields: Readonly<Record<string, unknown>>): string {
  const { name, durationMs, cold } = fields;
  const took = `${Math.round(Number(durationMs))} ms`;
  const ended = failureText(fields) ?? fields.status;
  const marks = [took, ...(cold ? ['cold'] : []), ...(ended === undefined ? [] : [ended])];
  return visible([name, ...marks].join(' '));
}

function details(fields: Readonly<Record<string, unknown>>): string {
  const isSpan = fields.msg === 'span';
  const hidden = (key: string) => HIDDEN_FIELDS.has(key) || (isSpan && OUTCOME_FIELDS.has(key));
  const rest = Object.entries(fields)
    .filter(([key, value]) => !hidden(key) && value !== undefined)
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const { err, traceId } = fields;
  const message = (err as { message?: unknown } | undefined)?.message;
  if (message !== undefined) rest.unshift(`error=${JSON.stringify(message)}`);
  if (typeof traceId === 'string') rest.push(`·${traceId.slice(0, TRACE_DIGITS)}`);
  return visible(rest.join(' '));
}

/** Removes control characters, which could move the cursor of the terminal. */
function visible(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: removing control characters is the purpose
  return stripVTControlCharacters(text).replaceAll(/[\u0000-\u001f\u007f]+/g, ' ');
}
