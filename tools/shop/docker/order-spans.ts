import { setTimeout as sleep } from 'node:timers/promises';
import type { Variant } from '@triptych/base/variants';
import { composeArgs, type Docker } from '@triptych/docker/compose';
import { functionLines } from '@triptych/docker/function-logs';
import { parseSpan, type Span } from '../order/span.ts';

/** Reading logs loads the machine that runs the shop. */
const BETWEEN_READS_MS = 700;

/**
 * Reads the finished spans of a trace from the logs of a variant's containers and functions.
 * @param options.since when the order was placed, milliseconds since 1970
 */
export function spansOfCompose(
  options: {
    variant: Variant;
    /** Compose services of the variant. */
    services: readonly string[];
    endpointUrl: string;
    since: number;
  },
  ask: Docker,
): (traceId: string) => Promise<Span[]> {
  const { variant, services, endpointUrl, since } = options;
  return async (traceId) => {
    await sleep(BETWEEN_READS_MS);
    const from = new Date(since).toISOString();
    const [containers, functions] = await Promise.all([
      Promise.all(services.map((service) => containerLines(service, from, ask))),
      functionLines(endpointUrl, `triptych-${variant}-`, since).catch(() => []),
    ]);
    return spansIn([...containers.flat(), ...functions], traceId);
  };
}

/** The spans of one trace in log lines, deduplicated and ordered by start. */
export function spansIn(
  lines: readonly { source: string; text: string }[],
  traceId: string,
): Span[] {
  const spans = new Map<string, Span>();
  for (const line of lines) {
    const span = parseSpan(line);
    if (span?.traceId === traceId) spans.set(span.spanId, span);
  }
  return [...spans.values()].sort((a, b) => a.startMs - b.startMs);
}

async function containerLines(service: string, since: string, ask: Docker) {
  const { stdout } = await ask(
    composeArgs(undefined, 'logs', '--no-log-prefix', '--no-color', '--since', since, service),
  );
  return stdout.split('\n').map((text) => ({ source: service, text }));
}
