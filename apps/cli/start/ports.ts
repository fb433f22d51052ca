import { createServer } from 'node:net';
import { portTaken, UserError } from '../user-error.ts';
import { type Ports, variants } from '../variants.ts';

/** Fails at once, before anything is built, when a port of this run is taken. @throws UserError */
export async function assertPortsFree(ports: Ports): Promise<void> {
  const [taken] = await portsTaken(ports);
  if (taken !== undefined) throw new UserError(portTaken(taken));
}

/** Those of a run's ports that somebody else has. */
export async function portsTaken(ports: Ports): Promise<number[]> {
  const taken: number[] = [];
  for (const port of [ports.page, ports.endpoint, ...Object.values(ports.byVariant)]) {
    if (await isPortTaken(port)) taken.push(port);
  }
  return taken;
}

/** Whether somebody listens at a port of 127.0.0.1 already. */
export async function isPortTaken(port: number): Promise<boolean> {
  try {
    await withListener(port, () => undefined);
    return false;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return true;
  }
}

/** Ports that were free a moment ago, for tests that run beside a user's own shop. */
export async function freePorts(): Promise<Ports> {
  const [page = 0, endpoint = 0, ...rest] = await takeFree(2 + variants.length);
  const [microservices = 0, serverless = 0, hybrid = 0] = rest;
  return { page, endpoint, byVariant: { microservices, serverless, hybrid } };
}

/** All listeners are open at once, so that no port is given twice. */
async function takeFree(count: number, taken: number[] = []): Promise<number[]> {
  if (taken.length === count) return taken;
  return withListener(0, (port) => takeFree(count, [...taken, port]));
}

async function withListener<T>(port: number, use: (port: number) => T | Promise<T>): Promise<T> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  try {
    const address = server.address();
    return await use(typeof address === 'object' && address ? address.port : port);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}
