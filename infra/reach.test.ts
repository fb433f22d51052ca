import { describe, expect, it } from 'vitest';
import { synthesize } from './testing/templates.ts';

type Variables = Record<string, unknown>;

/** Plain variables of every function and task, by stack. */
async function variables(settings: Record<string, string>): Promise<[stack: string, Variables][]> {
  const { ofType } = await synthesize(settings);
  const tasks = ofType('AWS::ECS::TaskDefinition').map(({ stack, properties }) => {
    const own: { Name: string; Value: unknown }[] = properties.ContainerDefinitions[0].Environment;
    return [stack, Object.fromEntries(own.map(({ Name, Value }) => [Name, Value]))] as const;
  });
  const functions = ofType('AWS::Lambda::Function').map(
    ({ stack, properties }) => [stack, properties.Environment.Variables] as const,
  );
  return [...tasks, ...functions].map(([stack, own]) => [stack, own as Variables]);
}

describe('the internal URL of a variant', async () => {
  const internal = 'http://edge:8080/live';
  const found = await variables({
    TRIPTYCH_VARIANTS: 'microservices',
    TRIPTYCH_BASE_URL_MICROSERVICES: 'http://127.0.0.1:4001',
    TRIPTYCH_INTERNAL_URL_MICROSERVICES: internal,
  });

  it('may differ from the base URL', () => {
    for (const [stack, own] of found) {
      expect(own, stack).toMatchObject({
        BASE_URL: 'http://127.0.0.1:4001',
        INTERNAL_URL: internal,
      });
    }
  });

  it('receives the webhooks', () => {
    const urls = found.flatMap(([, own]) => own.WEBHOOK_URL ?? []);
    expect(new Set(urls)).toEqual(new Set([`${internal}/payments/webhooks/stripe`]));
  });
});

describe('the address of S3', () => {
  it('may differ between browsers and services', async () => {
    const found = await variables({
      TRIPTYCH_VARIANTS: 'hybrid',
      TRIPTYCH_S3_PUBLIC_ENDPOINT: 'http://127.0.0.1:4566',
      TRIPTYCH_S3_PATH_STYLE: 'on',
    });
    for (const [stack, own] of found) {
      expect(own, stack).toMatchObject({
        S3_PUBLIC_ENDPOINT: 'http://127.0.0.1:4566',
        S3_FORCE_PATH_STYLE: 'true',
      });
    }
  });

  it('is not set when browsers and services share it; nor is the internal URL', async () => {
    for (const [stack, own] of await variables({ TRIPTYCH_VARIANTS: 'hybrid' })) {
      for (const name of ['INTERNAL_URL', 'S3_PUBLIC_ENDPOINT', 'S3_FORCE_PATH_STYLE']) {
        expect(own, stack).not.toHaveProperty(name);
      }
    }
  });
});

it('functions and tasks run on the processor from the settings', async () => {
  const { ofType } = await synthesize({
    TRIPTYCH_VARIANTS: 'hybrid',
    TRIPTYCH_ARCHITECTURE: 'x86_64',
  });
  for (const { properties } of ofType('AWS::Lambda::Function')) {
    expect(properties.Architectures).toEqual(['x86_64']);
  }
  for (const { properties } of ofType('AWS::ECS::TaskDefinition')) {
    expect(properties.RuntimePlatform.CpuArchitecture).toBe('X86_64');
  }
});
