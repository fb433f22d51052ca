import { AwsError, type WireRequest, type WireService } from '../kernel.ts';
import { readOtlp } from './read-otlp.ts';
import { SpanStore } from './span-store.ts';

/** The OTLP/HTTP receiver and its spans. */
export interface Traces {
  readonly wire: WireService;
  readonly spans: SpanStore['spans'];
}

/** Receives spans at `POST /v1/traces` in OTLP's JSON encoding, and keeps the newest in memory. */
export function createTraces(store = new SpanStore()): Traces {
  return {
    wire: {
      name: 'otlp',
      calls: ['POST /v1/traces'],
      handle: async (request) => answer(store, request),
    },
    spans: (traceId) => store.spans(traceId),
  };
}

function answer(store: SpanStore, { headers, body }: WireRequest) {
  if (!(headers['content-type'] ?? '').startsWith('application/json')) {
    throw new AwsError('UnsupportedMediaType', 'Only JSON is supported', 415);
  }
  const { spans, rejected } = read(body.toString('utf8'));
  for (const span of spans) store.add(span);
  const partialSuccess = { rejectedSpans: String(rejected), errorMessage: 'invalid span' };
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(rejected > 0 ? { partialSuccess } : {}),
  };
}

function read(json: string) {
  try {
    return readOtlp(json);
  } catch (cause) {
    throw Object.assign(new AwsError('InvalidArgument', 'Not an OTLP request in JSON'), { cause });
  }
}
