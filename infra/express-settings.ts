import type { Variant } from '@triptych/context-map';
import { choice } from '@triptych/platform/config';
import { type Static, Type } from 'typebox';

/** How the container services of microservices run. */
export interface ContainerSettings {
  /** `express`: Amazon ECS Express Mode, behind a CDN. */
  readonly containers: 'ecs' | 'express';
}

/** The environment variables of {@link ContainerSettings}. docs/template-settings.md explains each. */
export const CONTAINER_VARIABLES = {
  TRIPTYCH_CONTAINERS: choice(['ecs', 'express'], { default: 'ecs' }),
};

const SCHEMA = Type.Object(CONTAINER_VARIABLES);

export function toContainerSettings(config: Static<typeof SCHEMA>): ContainerSettings {
  return { containers: config.TRIPTYCH_CONTAINERS };
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Finds settings that ECS Express Mode cannot have. `isWanted` tells whether a variant is described. */
export function expressContradictions(
  env: Environment,
  isWanted: (variant: Variant) => boolean,
): string[] {
  if (env.TRIPTYCH_CONTAINERS !== 'express' || !isWanted('microservices')) return [];
  if (env.TRIPTYCH_DOMAIN) {
    return [
      'TRIPTYCH_CONTAINERS=express has a base URL and a certificate instead of TRIPTYCH_DOMAIN',
    ];
  }
  const faults: string[] = [];
  const needs = (what: string, why: string) =>
    faults.push(`TRIPTYCH_CONTAINERS=express needs ${what}: ${why}`);
  if (!env.TRIPTYCH_BASE_URL_MICROSERVICES?.startsWith('https://')) {
    needs(
      'TRIPTYCH_BASE_URL_MICROSERVICES with https://',
      'the services need the address of the CDN, which is created after them',
    );
  }
  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/express-service-work.html
  if (env.TRIPTYCH_ARCHITECTURE !== 'x86_64') {
    needs('TRIPTYCH_ARCHITECTURE=x86_64', 'Express Mode runs tasks on no other processor');
  }
  if (env.TRIPTYCH_TASK_CAPACITY === 'spot') {
    needs('TRIPTYCH_TASK_CAPACITY=regular', 'Express Mode runs tasks on Fargate only');
  }
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html
  const certificate = env.TRIPTYCH_CERTIFICATE_ARN;
  if (certificate && !certificate.includes(':acm:us-east-1:')) {
    needs('a TRIPTYCH_CERTIFICATE_ARN of us-east-1', 'CloudFront uses no others');
  }
  return faults;
}
