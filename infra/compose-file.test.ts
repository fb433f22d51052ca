import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { synthesize } from './testing/templates.ts';

const root = join(import.meta.dirname, '..');

interface ComposeService {
  readonly image?: string;
  readonly ports?: readonly string[];
  readonly mem_limit?: string;
  readonly cpus?: number;
  readonly logging?: object;
  readonly networks?: readonly string[] | Record<string, unknown>;
}

const compose: {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly networks: Readonly<Record<string, { internal?: boolean } | null>>;
} = parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), { merge: true });

const services = Object.entries(compose.services);
/** Replaces `${NAME:-default}` by the default, as Compose does when NAME is not set. */
const withDefaults = (text: string) => text.replace(/\$\{\w+:-([^}]*)\}/g, '$1');

/** Reads `512m` or `2g`, in MB. */
function megabytes(text = ''): number {
  const [, amount, unit] = /^(\d+)([mg])$/.exec(text) ?? [];
  return Number(amount) * (unit === 'g' ? 1024 : 1);
}

describe('the containers of a variant', async () => {
  const { ofType } = await synthesize({ TRIPTYCH_VARIANTS: 'microservices,hybrid' });
  /** `Cpu` is in units of 1/1024 processor, `Memory` in MB. */
  const tasks = ofType('AWS::ECS::TaskDefinition').map(({ stack, properties }) => {
    const { Cpu, Memory } = properties as { Cpu: string; Memory: string };
    return {
      service: stack.replace('triptych-', ''),
      cpus: Number(Cpu) / 1024,
      mb: Number(Memory),
    };
  });

  test('match the task definitions', () => {
    const ofVariants = services
      .map(([name]) => name)
      .filter((name) => /^(micro|hybrid)/.test(name));
    expect(ofVariants.toSorted()).toEqual(tasks.map(({ service }) => service).toSorted());
  });

  test.each(tasks)('$service has the limits of its task definition', ({ service, cpus, mb }) => {
    const { cpus: actual, mem_limit: memory } = compose.services[service] ?? {};
    expect({ cpus: actual, mb: megabytes(memory) }).toEqual({ cpus, mb });
  });
});

describe.each(services)('%s', (_, service) => {
  test('has limits for memory, processors and logs', () => {
    expect(megabytes(service.mem_limit)).toBeGreaterThan(0);
    expect(service.cpus).toBeGreaterThan(0);
    expect(service.logging).toBeDefined();
  });

  test('publishes its ports on loopback only', () => {
    for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  test('has an image with an exact version, or is built here', () => {
    if (service.image) expect(withDefaults(service.image)).toMatch(/:\d+\.\d+\.\d+(-[\w.-]+)?$/);
  });
});

test('only services that publish ports are on a network with outside access', () => {
  for (const [name, { networks = [], ports = [] }] of services) {
    const joined = Array.isArray(networks) ? networks : Object.keys(networks);
    const outside = joined.filter((network: string) => !compose.networks[network]?.internal);
    expect(outside, name).toEqual(ports.length > 0 ? ['outside'] : []);
  }
});
