import { portTaken, UserError } from '@triptych/base/user-error';
import { type Ports, type Variant, variants } from '@triptych/base/variants';
import { freePort, isPortTaken } from '@triptych/local-cloud/free-port';

/** @throws UserError when a port of this run is taken */
export async function assertPortsFree(ports: Ports): Promise<void> {
  const [taken] = await portsTaken(ports);
  if (taken !== undefined) throw new UserError(portTaken(taken));
}

/** The ports of a run that other programs use. */
export async function portsTaken(ports: Ports): Promise<number[]> {
  const taken: number[] = [];
  for (const port of [ports.control, ports.endpoint, ...Object.values(ports.byVariant)]) {
    if (await isPortTaken(port)) taken.push(port);
  }
  return taken;
}

/** Ports that are free now, for tests that run beside a user's own shop. */
export async function freePorts(): Promise<Ports> {
  const [control, endpoint] = [await freePort(), await freePort()];
  const byVariant = {} as Record<Variant, number>;
  for (const variant of variants) byVariant[variant] = await freePort();
  return { control, endpoint, byVariant };
}
