import type { ResourceContext, ResourceProvider } from '../kernel.ts';
import { HttpApi } from './api.ts';
import { apiId } from './api-id.ts';
import { listen } from './listener.ts';

const DOCUMENTATION_ONLY = { ignored: 'documentation only' };
const NO_TAGS = { ignored: 'nothing is billed here' };

function apiProvider(apis: Map<string, HttpApi>): ResourceProvider {
  return {
    type: 'AWS::ApiGatewayV2::Api',
    properties: {
      Name: DOCUMENTATION_ONLY,
      Description: DOCUMENTATION_ONLY,
      ProtocolType: 'honoured',
      DisableExecuteApiEndpoint: { ignored: 'there is no custom domain here' },
      Tags: NO_TAGS,
    },
    async create(context) {
      const { kernel, stack, properties } = context;
      if (properties.ProtocolType !== 'HTTP') {
        throw new Error(`${stack}/${context.logicalId}: only HTTP APIs are supported`);
      }
      const api = new HttpApi(apiId(context), kernel);
      const listener = await listen(kernel.publicPort(stack), (request, response) => {
        void api.handle(request, response);
      });
      apis.set(api.id, api);
      return {
        physicalId: api.id,
        attributes: { ApiId: api.id, ApiEndpoint: `http://${listener.host}` },
        async stop(graceMs) {
          apis.delete(api.id);
          await listener.close(graceMs);
        },
      };
    },
  };
}

function apiOf(apis: Map<string, HttpApi>, { properties, stack, logicalId }: ResourceContext) {
  const api = apis.get(String(properties.ApiId));
  if (!api) throw new Error(`${stack}/${logicalId}: unknown API ${properties.ApiId}`);
  return api;
}

function integrationProvider(apis: Map<string, HttpApi>): ResourceProvider {
  return {
    type: 'AWS::ApiGatewayV2::Integration',
    properties: {
      ApiId: 'honoured',
      IntegrationType: 'honoured',
      IntegrationUri: 'honoured',
      PayloadFormatVersion: 'honoured',
      TimeoutInMillis: 'honoured',
      IntegrationMethod: { ignored: 'functions are always invoked by POST' },
      Description: DOCUMENTATION_ONLY,
    },
    async create(context) {
      const { properties, stack, logicalId } = context;
      const { IntegrationType, PayloadFormatVersion, TimeoutInMillis } = properties;
      if (IntegrationType !== 'AWS_PROXY' || PayloadFormatVersion !== '2.0') {
        throw new Error(
          `${stack}/${logicalId}: only functions with payload format 2.0 are supported`,
        );
      }
      const api = apiOf(apis, context);
      const id = apiId(context);
      // The URI is the function's ARN, or a path of API Gateway that contains it.
      const functionName = /:function:([^:/]+(?::[^:/]+)?)/.exec(
        String(properties.IntegrationUri),
      )?.[1];
      if (!functionName) {
        throw new Error(`${stack}/${logicalId}: IntegrationUri is not a function`);
      }
      api.integrations.set(id, { functionName, timeoutMs: Number(TimeoutInMillis ?? 30_000) });
      return { physicalId: id, stop: async () => void api.integrations.delete(id) };
    },
  };
}

function routeProvider(apis: Map<string, HttpApi>): ResourceProvider {
  return {
    type: 'AWS::ApiGatewayV2::Route',
    properties: {
      ApiId: 'honoured',
      RouteKey: 'honoured',
      Target: 'honoured',
      AuthorizationType: 'honoured',
      OperationName: DOCUMENTATION_ONLY,
    },
    async create(context) {
      const { properties, stack, logicalId } = context;
      if (properties.AuthorizationType && properties.AuthorizationType !== 'NONE') {
        throw new Error(`${stack}/${logicalId}: authorizers are not supported`);
      }
      const api = apiOf(apis, context);
      const routeKey = String(properties.RouteKey);
      api.routes.set(routeKey, String(properties.Target).replace(/^integrations\//, ''));
      return { physicalId: apiId(context), stop: async () => void api.routes.delete(routeKey) };
    },
  };
}

interface StageProperties {
  StageName?: string;
  DefaultRouteSettings?: { ThrottlingRateLimit?: number; ThrottlingBurstLimit?: number };
}

function stageProvider(apis: Map<string, HttpApi>): ResourceProvider {
  return {
    type: 'AWS::ApiGatewayV2::Stage',
    properties: {
      ApiId: 'honoured',
      StageName: 'honoured',
      DefaultRouteSettings: 'honoured',
      AutoDeploy: { ignored: 'changes are always deployed immediately' },
      AccessLogSettings: { ignored: 'functions log their requests' },
      Description: DOCUMENTATION_ONLY,
      Tags: NO_TAGS,
    },
    async create(context) {
      const { StageName, DefaultRouteSettings = {} } = context.properties as StageProperties;
      if (StageName !== '$default') {
        throw new Error(
          `${context.stack}/${context.logicalId}: only the stage $default is supported`,
        );
      }
      const api = apiOf(apis, context);
      const { ThrottlingRateLimit, ThrottlingBurstLimit } = DefaultRouteSettings;
      api.openStage({
        ...(ThrottlingRateLimit ? { ratePerSecond: Number(ThrottlingRateLimit) } : {}),
        ...(ThrottlingBurstLimit ? { burst: Number(ThrottlingBurstLimit) } : {}),
      });
      return { physicalId: StageName, stop: async () => api.closeStage() };
    },
  };
}

/** Returns the providers of the CloudFormation types of HTTP APIs. */
export function httpApiProviders(): ResourceProvider[] {
  const apis = new Map<string, HttpApi>();
  return [apiProvider(apis), integrationProvider(apis), routeProvider(apis), stageProvider(apis)];
}
