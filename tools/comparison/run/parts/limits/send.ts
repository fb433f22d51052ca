import http from 'node:http';
import https from 'node:https';

/** Who made an answer: the services answer faults as problem+json, whatever stands before them does not. */
export type Answerer = 'service' | 'platform';

export interface Outcome {
  /** 0 when there was no answer; then `reason` says why. */
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
  /** Connections to use again; a new one for each request unless told. */
  readonly agent?: http.Agent | https.Agent;
}

/** Longest wait for an answer that a limit may be read off. */
export const answerWithinMs = 10_000;

/** @throws Error when it was the part's own time that was too short, not the target's answer too late */
export function notCutShort(outcome: Outcome, timeoutMs: number): Outcome {
  if (outcome.reason !== unansweredInTime || timeoutMs >= answerWithinMs) return outcome;
  throw new Error('the time was used up before an answer came');
}

const unansweredInTime = 'no answer in time';

/** Sends one request; never throws. A connection that is cut before an answer has status 0. */
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
      // Who refuses a body may close before all of it was sent; what it answered counts.
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
    ? unansweredInTime
    : (code ?? error.message);
}
