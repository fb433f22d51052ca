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
/** A setting's default: `${NAME:-default}` as compose fills it in. */
const filledIn = (text: string) => text.replace(/\$\{\w+:-([^}]*)\}/g, '$1');

/** `512m` and `2g` in MB. */
function megabytes(text = ''): number {
  const [, amount, unit] = /^(\d+)([mg])$/.exec(text) ?? [];
  return Number(amount) * (unit === 'g' ? 1024 : 1);
}

describe('the containers of a variant', () => {
  /** A task's `cpu` counts 1024 a processor, and its `memory` is in MB. */
  const tasks = synthesize({ TRIPTYCH_VARIANTS: 'microservices,hybrid' })
    .ofType('AWS::ECS::TaskDefinition')
    .map(({ stack, properties }) => {
      const { Cpu, Memory } = properties as { Cpu: string; Memory: string };
      return {
        service: stack.replace('triptych-', ''),
        cpus: Number(Cpu) / 1024,
        mb: Number(Memory),
      };
    });

  test('are those that have task definitions', () => {
    const ofVariants = services
      .map(([name]) => name)
      .filter((name) => /^(micro|hybrid)/.test(name));
    expect(ofVariants.toSorted()).toEqual(tasks.map(({ service }) => service).toSorted());
  });

  test.each(tasks)('$service has the size of its task definition', ({ service, cpus, mb }) => {
    const { cpus: given, mem_limit: memory } = compose.services[service] ?? {};
    expect({ cpus: given, mb: megabytes(memory) }).toEqual({ cpus, mb });
  });
});

describe.each(services)('%s', (_, service) => {
  test('is bounded: memory, processors, logs', () => {
    expect(megabytes(service.mem_limit)).toBeGreaterThan(0);
    expect(service.cpus).toBeGreaterThan(0);
    expect(service.logging).toBeDefined();
  });

  test('is published to this machine alone', () => {
    for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  test('is of an exact version, unless it is built here', () => {
    if (service.image) expect(filledIn(service.image)).toMatch(/:\d+\.\d+\.\d+(-[\w.-]+)?$/);
  });
});

test('a network without a way out holds whoever publishes nothing', () => {
  for (const [name, { networks = [], ports = [] }] of services) {
    const joined = Array.isArray(networks) ? networks : Object.keys(networks);
    const outside = joined.filter((network: string) => !compose.networks[network]?.internal);
    expect(outside, name).toEqual(ports.length > 0 ? ['outside'] : []);
  }
});
