import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Below the ports that systems give to connections by themselves (Linux from 32768 on, macOS and Windows from 49152, RFC 6335):
 * none of those takes it between this look and whoever listens next.
 */
const range = [10_000, 32_767] as const;
/** The only one of them that fetch refuses to ask, as browsers do: https://fetch.spec.whatwg.org/#port-blocking */
const neverFetched = 10_080;
const mostTries = 200;
/** Given out and perhaps not listened on yet. */
const given: number[] = [];
const mostGiven = 200;

/** A port on 127.0.0.1 that nobody listens on, given to nobody else lately. @throws Error when there is none */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < mostTries; attempt += 1) {
    const port = randomInt(range[0], range[1] + 1);
    if (port === neverFetched || given.includes(port)) continue;
    given.push(port);
    if (given.length > mostGiven) given.shift();
    if (!(await isPortTaken(port))) return port;
  }
  throw new Error(`no free port from ${range[0]} to ${range[1]}`);
}

/** Whether somebody listens at a port of 127.0.0.1 already. */
export async function isPortTaken(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return true;
  }
  server.close();
  await once(server, 'close');
  return false;
}
