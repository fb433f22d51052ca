import { docker } from '@triptych/docker/compose';
import { eventually } from '../../../conformance/support/eventually.ts';
import { variant } from '../../../faults/support/control.ts';

const project = process.env.TRIPTYCH_COMPOSE_PROJECT;
/** The name that compose gives to a variant's network. */
const network = `${project}_${variant}`;
const serviceName = (service: string) => `${variant}-${service}`;
const containerName = (service: string) => `${project}-${serviceName(service)}-1`;
const HEALTHY_TIMEOUT_MS = 90_000;

/** A fault of a container, and its repair. */
export interface Fault {
  readonly name: string;
  strike(service: string): Promise<void>;
  mend(service: string): Promise<void>;
}

export const faults: readonly Fault[] = [
  {
    // Docker does not restart a container that was killed by hand. A scheduler would start another one.
    name: 'killed',
    strike: (service) => run('kill', containerName(service)),
    mend: (service) => run('start', containerName(service)),
  },
  {
    name: 'paused',
    strike: (service) => run('pause', containerName(service)),
    mend: (service) => run('unpause', containerName(service)),
  },
  {
    name: 'cut off',
    strike: (service) => run('network', 'disconnect', network, containerName(service)),
    mend: (service) =>
      run('network', 'connect', '--alias', serviceName(service), network, containerName(service)),
  },
];

/** Waits until a service's container runs and is healthy. */
export async function healthy(service: string): Promise<void> {
  const ask = ['inspect', '--format', '{{.State.Status}} {{.State.Health.Status}}'];
  await eventually(
    async () => (await docker([...ask, containerName(service)])).stdout,
    (state) => state === 'running healthy',
    HEALTHY_TIMEOUT_MS,
  );
}

async function run(...args: string[]): Promise<void> {
  const { code, stderr } = await docker(args);
  if (code !== 0) throw new Error(`docker ${args.join(' ')}: ${stderr || 'no answer'}`);
}
