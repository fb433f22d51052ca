import { portTaken, UserError } from '@triptych/base/user-error';
import { type Ports, type Variant, variants } from '@triptych/base/variants';
import { freePort, isPortTaken } from '@triptych/local-cloud/free-port';

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

/** Ports that were free a moment ago, for tests that run beside a user's own shop. */
export async function freePorts(): Promise<Ports> {
  const [page, endpoint] = [await freePort(), await freePort()];
  const byVariant = {} as Record<Variant, number>;
  for (const variant of variants) byVariant[variant] = await freePort();
  return { page, endpoint, byVariant };
}
