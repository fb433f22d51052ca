import type { OwnedKernel } from './create-kernel.ts';
import { type Endpoint, startEndpoint } from './endpoint/index.ts';
import type { WireService } from './kernel.ts';

/** The endpoint of a kernel. Services are added to it once they exist. */
export interface OpenEndpoint extends Endpoint {
  serve(services: readonly WireService[]): void;
}

/**
 * Listens before any service exists, because services need the endpoint's address. Port 0 means any
 * free port.
 * @throws Error when the port is taken
 */
export async function openEndpoint(owned: OwnedKernel, port: number): Promise<OpenEndpoint> {
  const { kernel } = owned;
  const services: WireService[] = [];
  const { misbehaviour, log, permissions } = kernel;
  const options = { port, services, misbehaviour, log, permissions };
  try {
    const endpoint = await startEndpoint({ ...options, random: kernel.random });
    owned.listening(endpoint.port);
    return { ...endpoint, serve: (more) => void services.push(...more) };
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE')) throw cause;
    throw new Error(`Port ${port} on 127.0.0.1 is taken; the AWS endpoint needs it.`, { cause });
  }
}
