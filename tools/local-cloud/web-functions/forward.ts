import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { Place } from './place.ts';
import { callerHeaders } from './request-headers.ts';
import { waitedForCoreMs } from './wait-for-port.ts';

/** How a request ended that an environment served. */
export type Outcome = 'answered' | 'crashed' | 'timed out' | 'left by the caller';

export interface Forwarding {
  readonly place: Place;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  /** The whole body, if it was read already. */
  readonly body?: Buffer | undefined;
  readonly requestId: string;
  /** Covers the request until the last byte of the answer. */
  readonly timeoutMs: number;
  /** Whether an answer counts that came before the application closed the connection amid the body. */
  readonly deliversEarlyResponse: boolean;
}

/**
 * Sends a request to an environment and streams the answer back. The path is half duplex: the whole body is sent before
 * the answer is read, so that an application that answers a large body early, without reading it, hangs until the timeout.
 * @returns how it ended. Unless it was answered, the headers may not be sent yet
 */
export function forward(
  request: IncomingMessage,
  response: ServerResponse,
  forwarding: Forwarding,
): Promise<Outcome> {
  return new Promise((resolve) => {
    const { place, timeoutMs } = forwarding;
    let outcome: Outcome = 'crashed';
    const upstream = send(request, forwarding);
    const settle = (ended: Outcome): void => {
      endTimer();
      place.release();
      resolve(ended);
    };
    const endTimer = afterOwnTime(place.environment.pid, timeoutMs, () => {
      outcome = 'timed out';
      upstream.destroy();
      settle(outcome);
    });
    response.once('close', () => {
      if (response.writableFinished) return;
      outcome = 'left by the caller';
      upstream.destroy();
      settle(outcome);
    });
    const isSent = new Promise<boolean>((sent) => {
      upstream.once('finish', () => sent(true));
      upstream.once('close', () => sent(forwarding.deliversEarlyResponse));
    });
    upstream.once('response', async (answer) => {
      answer.once('error', () => settle(outcome));
      if (!(await isSent)) return settle(outcome);
      if (response.destroyed) return;
      response.writeHead(
        answer.statusCode ?? 502,
        answer.statusMessage,
        callerHeaders(answer, forwarding.requestId),
      );
      response.flushHeaders();
      answer.pipe(response);
      answer.once('end', () => settle('answered'));
    });
    let hasAnswer = false;
    upstream.once('response', () => {
      hasAnswer = true;
    });
    upstream.once('error', () => {
      if (!hasAnswer) settle(outcome);
    });
  });
}

/**
 * Runs `late` after a time in which the process had a core of this machine, or did not want one: on AWS its two vCPUs are its
 * own. Returns the function that cancels it.
 */
function afterOwnTime(pid: number | undefined, timeMs: number, late: () => void): () => void {
  const waitedBefore = waitedForCoreMs(pid);
  const startedAt = Date.now();
  const leftMs = () => timeMs + waitedForCoreMs(pid) - waitedBefore - (Date.now() - startedAt);
  const check = (): void => {
    const left = leftMs();
    if (left > 0) timer = setTimeout(check, left);
    else late();
  };
  let timer = setTimeout(check, timeMs);
  return () => clearTimeout(timer);
}

function send(request: IncomingMessage, forwarding: Forwarding): http.ClientRequest {
  const { environment } = forwarding.place;
  const upstream = http.request({
    host: '127.0.0.1',
    port: environment.port,
    agent: environment.agent,
    method: request.method,
    path: request.url,
    headers: forwarding.headers,
  });
  if (forwarding.body) upstream.end(forwarding.body);
  else request.pipe(upstream);
  upstream.once('close', () => request.unpipe(upstream).resume());
  return upstream;
}
