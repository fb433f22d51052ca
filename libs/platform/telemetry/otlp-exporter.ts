import type { FinishedSpan, SpanExporter } from './finished-span.ts';
import { otlpRequest } from './otlp-request.ts';
import { postJson } from './post-json.ts';

/** Spans beyond this are dropped: a collector that is away must not fill our memory. */
const MAX_WAITING = 2_048;
const BATCH = 256;
/** How long a span may wait for others in a process that lives on. */
const INTERVAL_MS = 500;
/** A collector gets this long for a batch; a function's answer waits for it at most that long. */
const TIMEOUT_MS = 1_000;
/** After a failure nothing is sent for a while: not every answer of a function shall wait for a collector that is away. */
const PAUSE_AFTER_FAILURE_MS = 10_000;

export interface OtlpOptions {
  /** Base URL of a collector, no slash at its end: spans go to `/v1/traces` below it. */
  readonly endpoint: string;
  readonly service: string;
  readonly variant: string;
  /** Told once per pause that spans are being lost, and why. */
  readonly onFailure: (error: unknown) => void;
  readonly post?: typeof postJson;
  readonly now?: () => number;
}

/**
 * Sends spans to an OpenTelemetry collector over OTLP/HTTP in JSON, in batches. Ours instead of
 * `@opentelemetry/exporter-trace-otlp-http`: with the SDK's batches that adds 20 ms to a cold start of about 130 ms, and
 * wants spans in the shape of its own SDK, which we do not use. See docs/decisions/0008-own-otlp-export.md.
 */
export function otlpExporter(options: OtlpOptions): SpanExporter {
  const { post = postJson, now = Date.now, onFailure } = options;
  const url = `${options.endpoint}/v1/traces`;
  const waiting: FinishedSpan[] = [];
  let sending: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let pausedUntilMs = 0;

  async function sendAll(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, BATCH);
      try {
        await post(url, otlpRequest(batch, options), TIMEOUT_MS);
      } catch (error) {
        waiting.length = 0;
        pausedUntilMs = now() + PAUSE_AFTER_FAILURE_MS;
        onFailure(error);
      }
    }
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    sending ??= sendAll().finally(() => {
      sending = undefined;
    });
    return sending;
  }

  return {
    add(span) {
      if (waiting.length >= MAX_WAITING || now() < pausedUntilMs) return;
      waiting.push(span);
      if (waiting.length >= BATCH) void flush();
      // The timer must not keep a process alive that has nothing else to do.
      else timer ??= setTimeout(() => void flush(), INTERVAL_MS).unref();
    },
    flush,
  };
}
