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
import { OWN_AUTHORIZATION, OWN_REQUEST_LOG, THROTTLE } from './api-policy.ts';
import { largestBodies } from './largest-bodies.ts';
import { nameBodies } from './name-bodies.ts';

/** Creates an HTTP API. It deploys new routes by itself. */
export function httpApiFront(stack: Stack): ApiFront {
  const api = new HttpApi(stack, 'Api', { apiName: stack.stackName, createDefaultStage: false });
  const stage = new HttpStage(stack, 'Stage', {
    httpApi: api,
    autoDeploy: true,
    throttle: THROTTLE,
  });
  acknowledge(stage, { APIG1: OWN_REQUEST_LOG, CKV_AWS_95: OWN_REQUEST_LOG });
  const errors = alarmOnServerErrors(stack, 'Api', api.metricServerError());
  return {
    url: api.apiEndpoint,
    errors,
    route(ofService, service, handler) {
      // `api.addRoutes` would add the route to the front's stack, and the stacks would depend on each other.
      const route = new HttpRoute(ofService, 'Route', {
        httpApi: api,
        routeKey: HttpRouteKey.with(`/${service}/{proxy+}`, HttpMethod.ANY),
        integration: new HttpLambdaIntegration('Integration', handler),
      });
      acknowledge(route, { APIG4: OWN_AUTHORIZATION });
      nameBodies(route, largestBodies(service));
    },
    served: () => ({ apiId: api.apiId, stage: stage.stageName }),
    release: () => undefined,
  };
}
