import colors from 'picocolors';
import type { Span } from '../order/span.ts';
import { type SpanNode, spanTree } from './span-tree.ts';

const nameWidth = 52;

/** An order's spans as a tree: offset from the first, length, what, service, transport, whether cold or failed. */
export function renderTree(orderId: string, spans: readonly Span[]): string {
  const startMs = Math.min(...spans.map((span) => span.startMs));
  const endMs = Math.max(...spans.map((span) => span.startMs + span.durationMs));
  const traces = [...new Set(spans.map(({ traceId }) => traceId))];
  const variants = [...new Set(spans.map(({ variant }) => variant).filter(Boolean))].join(', ');
  const title = `Order ${orderId} in ${variants || 'an unnamed variant'}`;
  const total = `${spans.length} spans, ${Math.round(endMs - startMs)} ms from first to last, trace ${traces.join(', ')}`;
  const head = `${'offset'.padStart(9)} ${'took'.padStart(9)}  ${'what'.padEnd(nameWidth)} ${'service'.padEnd(10)}transport`;
  const rows = spanTree(spans).flatMap((root) => rowsOf(root, '', '', startMs));
  return [colors.bold(title), colors.dim(total), '', colors.bold(head), ...rows].join('\n');
}

function rowsOf(node: SpanNode, lead: string, below: string, startMs: number): string[] {
  const { span, children } = node;
  const last = children.length - 1;
  return [
    row(span, lead, startMs),
    ...children.flatMap((child, index) =>
      rowsOf(
        child,
        below + (index === last ? '└─ ' : '├─ '),
        below + (index === last ? '   ' : '│  '),
        startMs,
      ),
    ),
  ];
}

function row(span: Span, lead: string, startMs: number): string {
  const offset = `+${Math.round(span.startMs - startMs)} ms`.padStart(9);
  const took = `${span.durationMs < 10 ? span.durationMs.toFixed(1) : Math.round(span.durationMs)} ms`;
  const room = nameWidth - lead.length;
  const name = span.name.length > room ? `${span.name.slice(0, room - 1)}…` : span.name;
  const what = colors.dim(lead) + name.padEnd(room);
  const service = span.service.padEnd(10);
  const marks = [
    ...(span.transport ? [span.transport] : []),
    ...(span.cold ? [colors.cyan('cold')] : []),
    ...(span.ok === false ? [colors.red('FAILED')] : []),
  ].join(' ');
  return `${colors.dim(offset)} ${took.padStart(9)}  ${what} ${service}${marks}`.trimEnd();
}
