import type { ContextName } from '@triptych/context-map';
import type { Stack } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Deployment } from '../deployment.ts';

/** The API in front of the functions: an HTTP API or a REST API. */
export interface ApiFront {
  readonly url: string;
  /** Raised when the API answers 5xx. */
  readonly errors: Alarm;
  /** Routes `/{service}/` to a function. The route's resources are created in the function's stack. */
  route(stack: Stack, service: ContextName, handler: IFunction): void;
  /** What the API serves. A REST API serves nothing before its release. */
  served(): { readonly apiId: string; readonly stage: string };
  /** Creates the resources that must come after all routes. */
  release(deployment: Deployment): void;
}
