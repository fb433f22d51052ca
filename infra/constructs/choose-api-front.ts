import type { Stack } from 'aws-cdk-lib';
import type { Deployment } from '../deployment.ts';
import type { Settings } from '../settings.ts';
import type { ApiFront } from './api-front.ts';
import { httpApiFront } from './http-api-front.ts';
import { restApiFront } from './rest-api-front.ts';

/**
 * The part of the variant that has the API. Each kind of API has its own stack, so that a running deployment can change to the
 * other one: the services move to the new stack before the old one is deleted.
 */
export function frontPart({ front }: Settings): string {
  return front === 'rest-api' ? 'rest-front' : 'front';
}

/** The API that the setting `front` names. Neither answers CORS requests: the services do, in every variant. */
export function apiFront(stack: Stack, { settings }: Deployment): ApiFront {
  return settings.front === 'rest-api' ? restApiFront(stack) : httpApiFront(stack);
}
