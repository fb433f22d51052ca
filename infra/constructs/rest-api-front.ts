import type { Stack } from 'aws-cdk-lib';
import {
  Deployment as ApiDeployment,
  ContentHandling,
  EndpointType,
  LambdaIntegration,
  Method,
  MockIntegration,
  PassthroughBehavior,
  ProxyResource,
  Resource,
  ResponseType,
  RestApi,
  Stage,
} from 'aws-cdk-lib/aws-apigateway';
import { acknowledge } from './acknowledge.ts';
import { alarmOnServerErrors } from './alarms.ts';
import type { ApiFront } from './api-front.ts';
import { ownAuthorization, ownRequestLog, throttle } from './api-policy.ts';

/** The stage's name; it is the first segment of every path at the API's own address. */
export const stageName = 'live';

/** What an HTTP API says of a path without a route; a REST API would ask for a token (403). */
const notFound = { statusCode: '404', body: '{"message":"Not Found"}' };

/**
 * A REST API. What it serves is a deployment, a copy of its routes at one time: that and the stage are in a stack of their
 * own after all services, which is deployed again when a route changes.
 */
export function restApiFront(stack: Stack): ApiFront {
  const api = new RestApi(stack, 'Api', {
    restApiName: stack.stackName,
    deploy: false,
    // A role for logs that would be the whole account's, and an execution log nobody asked for.
    cloudWatchRole: false,
    endpointTypes: [EndpointType.REGIONAL],
    // Bodies reach the functions byte by byte, and come back so.
    binaryMediaTypes: ['*/*'],
  });
  acknowledge(api, {
    APIG2: 'The services validate requests by their own schemas, the same in every variant.',
  });
  alarmOnServerErrors(stack, 'Api', api.metricServerError());
  nothingHere(api);
  const routes: { readonly path: string; readonly method: Method }[] = [];
  return {
    url: `https://${api.restApiId}.execute-api.${stack.region}.${stack.urlSuffix}/${stageName}`,
    route(ofService, service, handler) {
      // Resources and method of this stack; `api.root.addResource` would make them the front's and the stacks a circle.
      const context = new Resource(ofService, 'Path', { parent: api.root, pathPart: service });
      const below = new ProxyResource(ofService, 'Below', { parent: context, anyMethod: false });
      const method = new Method(ofService, 'Route', {
        httpMethod: 'ANY',
        resource: below,
        integration: new LambdaIntegration(handler, { allowTestInvoke: false }),
      });
      acknowledge(method, { APIG4: ownAuthorization, COG4: ownAuthorization });
      routes.push({ path: below.path, method });
    },
    release(deployment) {
      const last = deployment.stack('release', 'what the REST API serves');
      const released = new ApiDeployment(last, 'Deployment', { api });
      released.addToLogicalId({ notFound, routes: routes.map(({ path }) => path) });
      for (const { method } of routes) released.node.addDependency(method);
      const stage = new Stage(last, 'Stage', {
        deployment: released,
        stageName,
        throttlingRateLimit: throttle.rateLimit,
        throttlingBurstLimit: throttle.burstLimit,
      });
      acknowledge(stage, {
        APIG1: ownRequestLog,
        APIG3: 'A firewall costs more than the rest of the variant; the stage caps what comes.',
        APIG6: ownRequestLog,
      });
    },
  };
}

/** The one method of the front's own, without which an API cannot exist; and what all unknown paths answer. */
function nothingHere(api: RestApi): void {
  const json = 'application/json';
  const root = api.root.addMethod(
    'GET',
    new MockIntegration({
      // Every media type is binary here, so the templates would not be applied without being told that this is text.
      contentHandling: ContentHandling.CONVERT_TO_TEXT,
      passthroughBehavior: PassthroughBehavior.NEVER,
      requestTemplates: { [json]: `{"statusCode":${notFound.statusCode}}` },
      integrationResponses: [
        {
          statusCode: notFound.statusCode,
          contentHandling: ContentHandling.CONVERT_TO_TEXT,
          responseTemplates: { [json]: notFound.body },
        },
      ],
    }),
    { methodResponses: [{ statusCode: notFound.statusCode }] },
  );
  acknowledge(root, {
    APIG4: 'It says that nothing is there.',
    COG4: 'It says that nothing is there.',
  });
  api.addGatewayResponse('NotFound', {
    type: ResponseType.MISSING_AUTHENTICATION_TOKEN,
    statusCode: notFound.statusCode,
    templates: { [json]: notFound.body },
  });
}
