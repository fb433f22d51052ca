import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** An HTTP server of an API, load balancer, distribution or function URL. */
export interface Listener {
  readonly port: number;
  /** `127.0.0.1:port`, also when it listens on other addresses. */
  readonly host: string;
  /** Stops accepting, lets in-flight requests finish within `graceMs`, then closes connections. */
  close(graceMs: number): Promise<void>;
}

export type RequestListener = (request: IncomingMessage, response: ServerResponse) => void;

export interface ListenOptions {
  /** 127.0.0.1 by default. */
  readonly address?: string;
  readonly server?: ServerOptions;
  /** Adds event listeners to the server before it listens. */
  readonly prepare?: (server: Server) => void;
}

/** Idle connections stay open longer than those in clients' pools, as on AWS. */
const KEEP_ALIVE_MS = 75_000;

function opened(server: Server, port: number, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(taken ? new Error(`Port ${port} on ${address} is taken`, { cause: error }) : error);
    });
    server.listen(port, address, resolve);
  });
}

/**
 * Listens on an address of this machine. Port 0 selects any free port.
 * @throws Error that names the port when it is taken
 */
export async function listen(
  port: number,
  onRequest: RequestListener,
  { address = '127.0.0.1', server: options, prepare }: ListenOptions = {},
): Promise<Listener> {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS, ...options }, onRequest);
  prepare?.(server);
  await opened(server, port, address);
  const actual = (server.address() as AddressInfo).port;
  return {
    port: actual,
    host: `127.0.0.1:${actual}`,
    async close(graceMs) {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      await Promise.race([closed, sleep(graceMs, undefined, { ref: false })]);
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Returns the client's address as AWS writes it: IPv4 without the IPv6 prefix. */
export function clientAddress(request: IncomingMessage): string {
  return (request.socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, '');
}

/** Returns X-Forwarded-For with the client's address appended. */
export function forwardedFor(request: IncomingMessage): string {
  const received = request.headers['x-forwarded-for'];
  const before = Array.isArray(received) ? received.join(', ') : received;
  return before ? `${before}, ${clientAddress(request)}` : clientAddress(request);
}

/** Reads the whole body. Returns undefined when it is larger than `maxBytes`. */
export async function readBody(
  request: IncomingMessage,
  maxBytes: number,
): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    // The rest is read and discarded, so that the client can read the answer.
    if (size <= maxBytes) chunks.push(chunk);
  }
  return size > maxBytes ? undefined : Buffer.concat(chunks);
}
