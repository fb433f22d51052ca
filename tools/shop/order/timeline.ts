import type { Variant } from '@triptych/base/variants';
import colors from 'picocolors';
import type { Purchase } from './place-order.ts';
import type { Span } from './span.ts';

/** One variant's purchase and the spans that its processes logged for it. */
export interface Timeline {
  readonly variant: Variant;
  readonly purchase: Purchase;
  readonly spans: readonly Span[];
}

const LABEL_WIDTH = 40;
const COLUMN_WIDTH = 28;

/** The line above the timelines, which explains their columns. */
export function timelinesTitle(): string {
  const columns = 'start after the request, duration, process; cold: first work of the process';
  return `${colors.bold('The same order in each variant')} (${columns})`;
}

/**
 * Renders timelines as a table: one row per step, and one column per variant with the step's start (ms after the order
 * was sent), its duration, its process id, and "cold" when it was the first work of that process.
 */
export function renderTimelines(timelines: readonly Timeline[]): string {
  const steps = stepOrder(timelines);
  const service = new Map(timelines.flatMap(({ spans }) => spans.map((s) => [s.name, s.service])));
  const head = `${pad('step', LABEL_WIDTH)}${timelines
    .map(({ variant }) => pad(variant, COLUMN_WIDTH))
    .join('')}`;
  const rows = steps.map((step) => {
    const cells = timelines.map((timeline) => cell(timeline, step));
    return `${pad(label(service.get(step) ?? '', step), LABEL_WIDTH)}${cells.join('')}`;
  });
  const total = timelines.map(({ purchase }) => {
    const text = `${purchase.settledMs.toFixed(0).padStart(5)} ms  ${purchase.order.state}`;
    return purchase.order.state === 'confirmed'
      ? colors.green(pad(text, COLUMN_WIDTH))
      : colors.red(pad(text, COLUMN_WIDTH));
  });
  const seen = `${pad('customer sees the result', LABEL_WIDTH)}${total.join('')}`;
  return [colors.bold(head), ...rows, colors.bold(seen)].join('\n');
}

/**
 * The timelines, followed by the `trace` command for each order.
 * @param shopFlag selects the shop in commands: ` --port 5000`, or empty
 */
export function renderPurchases(timelines: readonly Timeline[], shopFlag: string): string {
  const hints = timelines.map(
    ({ variant, purchase }) =>
      `${colors.dim(variant.padEnd(14))} npm run trace -- ${purchase.order.id}${shopFlag}`,
  );
  return [renderTimelines(timelines), '', ...hints].join('\n');
}

/** Step names by their median position, so that one slow variant does not reorder the rows. */
function stepOrder(timelines: readonly Timeline[]): string[] {
  const ranks = new Map<string, number[]>();
  for (const { spans } of timelines) {
    spans.forEach((span, index) => {
      ranks.set(span.name, [...(ranks.get(span.name) ?? []), index]);
    });
  }
  const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] ?? 0;
  return [...ranks]
    .map(([name, values]) => ({ name, rank: median(values) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ name }) => name);
}

/** `payments  charge`: the service, then the step without the service's name. */
function label(service: string, step: string): string {
  return `${pad(service, 10)}${step.replace(`${service}.`, '')}`;
}

function cell({ purchase, spans }: Timeline, step: string): string {
  const span = spans.find(({ name }) => name === step);
  if (!span) return colors.dim(pad('     –', COLUMN_WIDTH));
  const start = `+${Math.max(0, span.startMs - purchase.startMs).toFixed(0)}`.padStart(6);
  const length = `${span.durationMs.toFixed(0)} ms`.padStart(8);
  const text = `${start}${length}  ${span.pid}`;
  const rest = COLUMN_WIDTH - text.length;
  return text + (span.cold ? colors.cyan(pad(' cold', rest)) : pad('', rest));
}

function pad(text: string, width: number): string {
  return text.length >= width ? `${text.slice(0, width - 2)}… ` : text.padEnd(width);
}
