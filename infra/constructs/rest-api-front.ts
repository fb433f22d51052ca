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
import { OWN_AUTHORIZATION, OWN_REQUEST_LOG, THROTTLE } from './api-policy.ts';
import { protect } from './firewall.ts';
import { largestBodies } from './largest-bodies.ts';
import { nameBodies } from './name-bodies.ts';

/** The stage's name: the first segment of every path at the API's own address. */
const STAGE_NAME = 'live';

const OWN_TRACES = 'The services trace each request themselves, in every variant in the same way.';
const NO_FIREWALL =
  'A firewall costs more than the rest of the variant. The stage limits requests.';

/** The response of an HTTP API to a path without a route. A REST API would answer 403. */
const NOT_FOUND = { statusCode: '404', body: '{"message":"Not Found"}' };

/**
 * Creates a REST API. It serves a deployment, which is a copy of its routes at one time. Deployment and stage are in a
 * separate stack after all services, which changes when a route changes.
 */
export function restApiFront(stack: Stack): ApiFront {
  const api = new RestApi(stack, 'Api', {
    restApiName: stack.stackName,
    deploy: false,
    // This role would be for the whole account, and would switch on execution logs.
    cloudWatchRole: false,
    endpointTypes: [EndpointType.REGIONAL],
    // Bodies pass to and from the functions unchanged.
    binaryMediaTypes: ['*/*'],
  });
  acknowledge(api, {
    APIG2: 'The services validate requests with their own schemas, as in every variant.',
  });
  const errors = alarmOnServerErrors(stack, 'Api', api.metricServerError());
  addDefaultResponses(api);
  const routes: { readonly path: string; readonly method: Method }[] = [];
  let stage: Stage | undefined;
  return {
    url: `https://${api.restApiId}.execute-api.${stack.region}.${stack.urlSuffix}/${STAGE_NAME}`,
    errors,
    route(ofService, service, handler) {
      // `api.root.addResource` would add them to the front's stack, and the stacks would depend on each other.
      const context = new Resource(ofService, 'Path', { parent: api.root, pathPart: service });
      const below = new ProxyResource(ofService, 'Below', { parent: context, anyMethod: false });
      const method = new Method(ofService, 'Method', {
        httpMethod: 'ANY',
        resource: below,
        integration: new LambdaIntegration(handler, { allowTestInvoke: false }),
      });
      acknowledge(method, {
        APIG4: OWN_AUTHORIZATION,
        COG4: OWN_AUTHORIZATION,
        CKV_AWS_59: OWN_AUTHORIZATION,
      });
      nameBodies(method, largestBodies(service));
      routes.push({ path: below.path, method });
    },
    served() {
      if (!stage) throw new Error('the REST API is not released yet');
      return { apiId: api.restApiId, stage: stage.stageName };
    },
    release(deployment) {
      const last = deployment.stack('release', 'what the REST API serves');
      const released = new ApiDeployment(last, 'Deployment', { api });
      released.addToLogicalId({ notFound: NOT_FOUND, routes: routes.map(({ path }) => path) });
      for (const { method } of routes) released.node.addDependency(method);
      stage = new Stage(last, 'Stage', {
        deployment: released,
        stageName: STAGE_NAME,
        throttlingRateLimit: THROTTLE.rateLimit,
        throttlingBurstLimit: THROTTLE.burstLimit,
        tracingEnabled: deployment.settings.xray,
      });
      acknowledge(stage, {
        APIG1: OWN_REQUEST_LOG,
        APIG6: OWN_REQUEST_LOG,
        CKV_AWS_76: OWN_REQUEST_LOG,
        CKV_AWS_120:
          'A cache costs by the hour, even while the variant is idle, and most answers differ by user.',
      });
      if (!deployment.settings.xray) acknowledge(stage, { CKV_AWS_73: OWN_TRACES });
      if (deployment.settings.firewall) protect(last, stage.stageArn);
      else acknowledge(stage, { APIG3: NO_FIREWALL });
    },
  };
}

/** Adds a method at the root, because an API needs one, and the response to unknown paths. */
function addDefaultResponses(api: RestApi): void {
  const json = 'application/json';
  const root = api.root.addMethod(
    'GET',
    new MockIntegration({
      // Every media type is binary here, and templates apply to text only.
      contentHandling: ContentHandling.CONVERT_TO_TEXT,
      passthroughBehavior: PassthroughBehavior.NEVER,
      requestTemplates: { [json]: `{"statusCode":${NOT_FOUND.statusCode}}` },
      integrationResponses: [
        {
          statusCode: NOT_FOUND.statusCode,
          contentHandling: ContentHandling.CONVERT_TO_TEXT,
          responseTemplates: { [json]: NOT_FOUND.body },
        },
      ],
    }),
    { methodResponses: [{ statusCode: NOT_FOUND.statusCode }] },
  );
  acknowledge(root, {
    APIG4: 'It only answers that there is nothing.',
    COG4: 'It only answers that there is nothing.',
    CKV_AWS_59: 'It only answers that there is nothing.',
  });
  api.addGatewayResponse('NotFound', {
    type: ResponseType.MISSING_AUTHENTICATION_TOKEN,
    statusCode: NOT_FOUND.statusCode,
    templates: { [json]: NOT_FOUND.body },
  });
}
