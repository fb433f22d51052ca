import type { Stack } from 'aws-cdk-lib';
import type { Deployment } from '../deployment.ts';
import type { ApiFront } from './api-front.ts';
import { httpApiFront } from './http-api-front.ts';
import { restApiFront } from './rest-api-front.ts';

/** The API that the setting `front` names. Neither answers CORS requests: the services do, in every variant. */
export function apiFront(stack: Stack, { settings }: Deployment): ApiFront {
  return settings.front === 'rest-api' ? restApiFront(stack) : httpApiFront(stack);
}
