import type { Stack } from 'aws-cdk-lib';
import {
  HttpApi,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { acknowledge } from './acknowledge.ts';
import { alarmOnServerErrors } from './alarms.ts';
import type { ApiFront } from './api-front.ts';
import { ownAuthorization, ownRequestLog, throttle } from './api-policy.ts';

/** An HTTP API: its routes are in force as soon as they are made. */
export function httpApiFront(stack: Stack): ApiFront {
  const api = new HttpApi(stack, 'Api', { apiName: stack.stackName, createDefaultStage: false });
  const stage = new HttpStage(stack, 'Stage', { httpApi: api, autoDeploy: true, throttle });
  acknowledge(stage, { APIG1: ownRequestLog });
  alarmOnServerErrors(stack, 'Api', api.metricServerError());
  return {
    url: api.apiEndpoint,
    route(ofService, service, handler) {
      // A route of this stack; `api.addRoutes` would make it one of the front's and the stacks a circle.
      const route = new HttpRoute(ofService, 'Route', {
        httpApi: api,
        routeKey: HttpRouteKey.with(`/${service}/{proxy+}`, HttpMethod.ANY),
        integration: new HttpLambdaIntegration('Integration', handler),
      });
      acknowledge(route, { APIG4: ownAuthorization });
    },
    release: () => undefined,
  };
}
