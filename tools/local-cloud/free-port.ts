import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Below the ephemeral port range (Linux: from 32768; macOS and Windows: from 49152, RFC 6335), so
 * that no outgoing connection takes the port between the check and the server's start.
 */
const FIRST_PORT = 10_000;
const LAST_PORT = 32_767;
/** The only bad port of fetch in this range: https://fetch.spec.whatwg.org/#port-blocking */
const BLOCKED_BY_FETCH = 10_080;
const MAX_ATTEMPTS = 200;
/** Windows reports EACCES for reserved ports, e.g. those of Hyper-V. */
const UNUSABLE = process.platform === 'win32' ? ['EADDRINUSE', 'EACCES'] : ['EADDRINUSE'];
/**
 * Each process hands out consecutive ports from a random start. A port counts as free until its
 * server listens. If every port were random, two of the many processes of `npm test` would
 * occasionally get the same one.
 */
let next = randomInt(FIRST_PORT, LAST_PORT + 1);

/**
 * Finds a free port on 127.0.0.1. It hands out no port twice before it has gone through the whole
 * range.
 * @throws Error when it finds none
 */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const port = next;
    next = port === LAST_PORT ? FIRST_PORT : port + 1;
    if (port === BLOCKED_BY_FETCH) continue;
    if (!(await isPortTaken(port))) return port;
  }
  throw new Error(`no free port from ${FIRST_PORT} to ${LAST_PORT}`);
}

/** Whether a port of 127.0.0.1 is in use, or reserved by Windows. */
export async function isPortTaken(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    if (!UNUSABLE.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    return true;
  }
  server.close();
  await once(server, 'close');
  return false;
}
