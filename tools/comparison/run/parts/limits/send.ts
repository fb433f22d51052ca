import http from 'node:http';
import https from 'node:https';

/** The origin of an answer. Services answer errors as problem+json; the platform in front of them does not. */
export type Answerer = 'service' | 'platform';

export interface Outcome {
  /** 0 if there was no answer; `reason` then has the cause. */
  readonly status: number;
  readonly by?: Answerer;
  readonly reason?: string;
  readonly body: Buffer;
  readonly ms: number;
}

export interface Sent {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  readonly timeoutMs: number;
  /** Reuses connections. Default: a new connection per request. */
  readonly agent?: http.Agent | https.Agent;
}

/** The longest wait for an answer. A time-out after this long counts as a limit of the target. */
export const ANSWER_TIMEOUT_MS = 10_000;

/**
 * Returns the outcome unchanged.
 * @throws Error if the request timed out because the part ran out of time, not because the target was slow
 */
export function notCutShort(outcome: Outcome, timeoutMs: number): Outcome {
  if (outcome.reason !== NO_ANSWER_IN_TIME || timeoutMs >= ANSWER_TIMEOUT_MS) return outcome;
  throw new Error('time ran out before an answer arrived');
}

const NO_ANSWER_IN_TIME = 'no answer in time';

/** Sends one request and never throws. A connection that closes before an answer yields status 0. */
export function send({ url, method, headers, body, timeoutMs, agent }: Sent): Promise<Outcome> {
  const since = performance.now();
  const ms = () => performance.now() - since;
  return new Promise((resolve) => {
    const request = (url.startsWith('https:') ? https : http).request(url, {
      method,
      agent: agent ?? false,
      headers: { ...headers, ...(body && { 'content-length': String(body.length) }) },
      signal: AbortSignal.timeout(Math.max(1, Math.ceil(timeoutMs))),
    });
    let answered = false;
    const failed = (error: Error) =>
      resolve({ status: 0, reason: reasonOf(error), body: Buffer.alloc(0), ms: ms() });
    request.on('error', (error) => {
      // A server that rejects a body may close before all of it was sent. Its answer counts.
      if (!answered) failed(error);
    });
    request.once('response', (response) => {
      answered = true;
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      const done = () =>
        resolve({
          status: response.statusCode ?? 0,
          by: answererOf(response.headers, response.statusCode ?? 0),
          body: Buffer.concat(chunks),
          ms: ms(),
        });
      response.once('end', done);
      response.once('error', (error) => (response.statusCode === 413 ? done() : failed(error)));
    });
    request.end(body);
  });
}

function answererOf(headers: http.IncomingHttpHeaders, status: number): Answerer {
  if (status < 400) return 'service';
  return headers['content-type']?.startsWith('application/problem+json') ? 'service' : 'platform';
}

function reasonOf(error: Error): string {
  const { code } = error as NodeJS.ErrnoException;
  return error.name === 'TimeoutError' || code === 'ABORT_ERR'
    ? NO_ANSWER_IN_TIME
    : (code ?? error.message);
}
