import colors from 'picocolors';
import type { Span } from '../order/span.ts';
import { failureText } from './failure.ts';
import { type SpanNode, spanTree } from './span-tree.ts';

/** The width of the other columns: offset, duration, service, transport and marks. */
const OTHER_COLUMNS_WIDTH = 62;
const MIN_NAME_WIDTH = 40;

/**
 * Renders an order's spans as a tree with offset, duration, name, service, transport, and marks for cold and failed
 * ones with the error's code.
 * @param columns the width of the terminal; longer names are truncated
 */
export function renderTree(orderId: string, spans: readonly Span[], columns = 120): string {
  const startMs = Math.min(...spans.map((span) => span.startMs));
  const endMs = Math.max(...spans.map((span) => span.startMs + span.durationMs));
  const traces = [...new Set(spans.map(({ traceId }) => traceId))];
  const variants = [...new Set(spans.map(({ variant }) => variant).filter(Boolean))].join(', ');
  const title = `Order ${orderId} in ${variants || 'an unnamed variant'}`;
  const total = `${spans.length} spans, ${Math.round(endMs - startMs)} ms from first to last, trace ${traces.join(', ')}`;
  const rows = spanTree(spans).flatMap((root) => rowsOf(root, '', ''));
  const widest = Math.max(...rows.map(({ lead, name }) => lead.length + name.length));
  const width = Math.min(widest, Math.max(MIN_NAME_WIDTH, columns - OTHER_COLUMNS_WIDTH));
  const head = `${'offset'.padStart(9)} ${'took'.padStart(9)}  ${'what'.padEnd(width)} ${'service'.padEnd(10)}transport`;
  const lines = rows.map((row) => lineOf(row, startMs, width));
  return [colors.bold(title), colors.dim(total), '', colors.bold(head), ...lines].join('\n');
}

interface Row {
  readonly span: Span;
  readonly lead: string;
  readonly name: string;
}

function rowsOf({ span, children }: SpanNode, lead: string, below: string): Row[] {
  const last = children.length - 1;
  // The service has its own column.
  const name = span.name.replace(`${span.service}.`, '');
  return [
    { span, lead, name },
    ...children.flatMap((child, index) =>
      rowsOf(child, below + (index === last ? '└ ' : '├ '), below + (index === last ? '  ' : '│ ')),
    ),
  ];
}

function lineOf({ span, lead, name }: Row, startMs: number, width: number): string {
  const offset = `+${Math.round(span.startMs - startMs)} ms`.padStart(9);
  const took = `${span.durationMs < 10 ? span.durationMs.toFixed(1) : Math.round(span.durationMs)} ms`;
  const room = width - lead.length;
  const shown = name.length > room ? `${name.slice(0, room - 1)}…` : name;
  const what = colors.dim(lead) + shown.padEnd(room);
  const failure = failureText(span);
  const marks = [
    ...(span.transport ? [span.transport] : []),
    ...(span.cold ? [colors.cyan('cold')] : []),
    ...(failure === undefined ? [] : [colors.red(failure)]),
  ].join(' ');
  return `${colors.dim(offset)} ${took.padStart(9)}  ${what} ${span.service.padEnd(10)}${marks}`.trimEnd();
}
