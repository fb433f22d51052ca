import { describe, expect, it } from 'vitest';
import { synthesize } from './testing/templates.ts';

type Variables = Record<string, unknown>;

/** Plain variables of every function and task, by stack. */
function variables(settings: Record<string, string>): [stack: string, Variables][] {
  const { ofType } = synthesize(settings);
  const tasks = ofType('AWS::ECS::TaskDefinition').map(({ stack, properties }) => {
    const own: { Name: string; Value: unknown }[] = properties.ContainerDefinitions[0].Environment;
    return [stack, Object.fromEntries(own.map(({ Name, Value }) => [Name, Value]))] as const;
  });
  const functions = ofType('AWS::Lambda::Function').map(
    ({ stack, properties }) => [stack, properties.Environment.Variables] as const,
  );
  return [...tasks, ...functions].map(([stack, own]) => [stack, own as Variables]);
}

describe('where services reach their own variant', () => {
  const internal = 'http://edge:8080/live';
  const found = variables({
    TRIPTYCH_VARIANTS: 'microservices',
    TRIPTYCH_BASE_URL_MICROSERVICES: 'http://127.0.0.1:4001',
    TRIPTYCH_INTERNAL_URL_MICROSERVICES: internal,
  });

  it('may differ from where everybody does', () => {
    for (const [stack, own] of found) {
      expect(own, stack).toMatchObject({
        BASE_URL: 'http://127.0.0.1:4001',
        INTERNAL_URL: internal,
      });
    }
  });

  it('is where webhooks are delivered', () => {
    const urls = found.flatMap(([, own]) => own.WEBHOOK_URL ?? []);
    expect(new Set(urls)).toEqual(new Set([`${internal}/payments/webhooks/stripe`]));
  });
});

describe('the address of S3', () => {
  it('that browsers use may differ from the one services use', () => {
    const found = variables({
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

  it('and the inner address of a variant are not mentioned where there is only one', () => {
    for (const [stack, own] of variables({ TRIPTYCH_VARIANTS: 'hybrid' })) {
      for (const name of ['INTERNAL_URL', 'S3_PUBLIC_ENDPOINT', 'S3_FORCE_PATH_STYLE']) {
        expect(own, stack).not.toHaveProperty(name);
      }
    }
  });
});

it('functions and tasks run on the processor in the settings', () => {
  const { ofType } = synthesize({
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
