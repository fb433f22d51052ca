import type { Stack } from 'aws-cdk-lib';
import { HttpApi, HttpStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { acknowledge } from './acknowledge.ts';
import { alarmOnServerErrors } from './alarms.ts';

/** The HTTP API that functions are put behind. */
export interface ApiFront {
  readonly api: HttpApi;
  readonly url: string;
}

/** Requests a second, and at once: a cap on what a mistake or an attack can cost. */
const throttle = { rateLimit: 500, burstLimit: 1000 };

export function apiFront(stack: Stack): ApiFront {
  // CORS is answered by the services, the same in every variant.
  const api = new HttpApi(stack, 'Api', { apiName: stack.stackName, createDefaultStage: false });
  const stage = new HttpStage(stack, 'Stage', { httpApi: api, autoDeploy: true, throttle });
  acknowledge(stage, {
    APIG1: 'The functions log each request once, with its trace; a second line costs as much.',
  });
  alarmOnServerErrors(stack, 'Api', api.metricServerError());
  return { api, url: api.apiEndpoint };
}
