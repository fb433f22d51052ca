/** The program of the image `edge`: the load balancers, the CDN and the proxy of the serverless stage. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { entryPorts, portsFrom, variants } from '@triptych/base/variants';
import { type EdgeTarget, startEdge } from '@triptych/local-cloud/edge';
import {
  OUT_OF_DATE,
  type Settings,
  waitForSettings,
  watchSettings,
} from '../deployment-session.mjs';
import { HEALTH_PORT } from './health-port.ts';

const folder = process.env.TRIPTYCH_DEPLOYED ?? '/run/triptych';
/** Less than the 20 s after which compose kills the container. */
const GRACE_MS = 8000;

const { byVariant } = portsFrom();
const say = (message: object) => console.log(JSON.stringify({ time: Date.now(), ...message }));

const resources = join(folder, 'resources.json');

/** Which LocalStack the resources were deployed to; undefined while `deploy` has not finished. */
function readSettings(): Settings | undefined {
  try {
    const text = readFileSync(resources, 'utf8');
    const { endpoint, session } = JSON.parse(text) as Omit<Settings, 'text'>;
    return { endpoint, session, text };
  } catch {
    return undefined;
  }
}

function end(reason: string): never {
  say({ msg: `restarting: ${reason}` });
  process.exit(OUT_OF_DATE);
}

try {
  const settings = await waitForSettings(readSettings, { say: (msg) => say({ msg }) });
  if (!settings) end('the stacks are not deployed');
  watchSettings(readSettings, settings, end);
  const edge = await startEdge({
    assembly: join(folder, 'assembly'),
    resources,
    ports: entryPorts(byVariant),
    // The container is the boundary. Compose publishes the ports on 127.0.0.1 of the machine.
    address: '0.0.0.0',
    addressOf: (stack, container, port) => ({ host: hostName(stack, container), port }),
    log: ({ at, stack, source, text }) => say({ time: at, stack, source, msg: text }),
  });
  const health = createServer((_request, response) => {
    response.writeHead(edge.isReady() ? 200 : 503, { 'content-type': 'application/json' });
    response.end(JSON.stringify(edge.targets.map(toJson)));
  }).listen(HEALTH_PORT, '127.0.0.1');
  say({ msg: 'listening', ports: byVariant });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, async () => {
      health.close();
      await edge.stop(GRACE_MS);
      process.exit(0);
    });
  }
} catch (error) {
  say({ msg: error instanceof Error ? error.message : String(error) });
  process.exitCode = 1;
}

/** The name of a container's service in docker-compose.yml, which is its host name. */
function hostName(stack: string, container: string): string {
  const variant = variants.find((one) => stack.startsWith(`triptych-${one}-`));
  return `${variant}-${container}`;
}

function toJson({ stack, service, host, state }: EdgeTarget) {
  return { stack, service, host, state };
}
