import type { FinishedSpan, SpanExporter } from './finished-span.ts';
import { otlpRequest } from './otlp-request.ts';
import { postJson } from './post-json.ts';
import { xraySignature } from './xray-signature.ts';

/** Further spans are dropped, so that memory stays bounded while the collector is unreachable. */
const MAX_WAITING = 2_048;
const BATCH_SIZE = 256;
/** How long a span may wait for others in a long-running process. */
const INTERVAL_MS = 500;
/** Time limit of one request. It also bounds how long a function's response waits for the collector. */
const TIMEOUT_MS = 1_000;
/** Nothing is sent for this long after a failure, so that an unreachable collector does not delay every response. */
const PAUSE_AFTER_FAILURE_MS = 10_000;

export interface OtlpOptions {
  /** Base URL of a collector without a trailing slash. Spans are sent to its `/v1/traces`. */
  readonly endpoint: string;
  readonly service: string;
  readonly variant: string;
  /** Called once per pause, with the error. Spans are lost during the pause. */
  readonly onFailure: (error: unknown) => void;
  readonly post?: typeof postJson;
  /** Returns headers that sign a request. By default, requests to X-Ray are signed. */
  readonly sign?: ReturnType<typeof xraySignature>;
  readonly now?: () => number;
}

/**
 * Sends spans in batches to an OpenTelemetry collector, over OTLP/HTTP in JSON. We do not use
 * `@opentelemetry/exporter-trace-otlp-http`: together with the SDK's batching it adds 20 ms to a cold start of about
 * 130 ms, and it requires spans of its own SDK. See docs/decisions/0008-own-otlp-export.md.
 */
export function otlpExporter(options: OtlpOptions): SpanExporter {
  const { post = postJson, now = Date.now, onFailure } = options;
  const { sign = xraySignature(options.endpoint) } = options;
  const url = `${options.endpoint}/v1/traces`;
  const waiting: FinishedSpan[] = [];
  let sending: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let pausedUntilMs = 0;

  async function sendAll(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, BATCH_SIZE);
      try {
        const body = otlpRequest(batch, options);
        const headers = sign && (await sign(url, body));
        await post(url, body, TIMEOUT_MS, headers);
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
      if (waiting.length >= BATCH_SIZE) void flush();
      // The timer alone must not keep the process alive.
      else timer ??= setTimeout(() => void flush(), INTERVAL_MS).unref();
    },
    flush,
  };
}
