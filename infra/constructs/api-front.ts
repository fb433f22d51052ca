import type { ContextName } from '@triptych/context-map';
import type { Stack } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Deployment } from '../deployment.ts';
import { httpApiFront } from './http-api-front.ts';
import { restApiFront } from './rest-api-front.ts';

/** The API that functions are put behind, of either kind. */
export interface ApiFront {
  readonly url: string;
  /** Sends all of `/{service}/` to a function; whatever that takes is made in the function's own stack. */
  route(stack: Stack, service: ContextName, handler: LambdaFunction): void;
  /** Makes what has to come after all routes. */
  release(deployment: Deployment): void;
}

/** CORS is answered by the services behind it, the same in every variant. */
export function apiFront(stack: Stack, { settings }: Deployment): ApiFront {
  return settings.front === 'rest-api' ? restApiFront(stack) : httpApiFront(stack);
}
