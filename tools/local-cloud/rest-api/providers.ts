import { apiId } from '../http-api/api-id.ts';
import type { PropertySupport, ResourceContext, ResourceProvider } from '../kernel.ts';
import type { RestApi } from './api.ts';
import { knownResponseType } from './gateway-responses.ts';
import { readIntegration } from './integration.ts';

const DOCUMENTATION_ONLY = { ignored: 'documentation only' };
const NO_TAGS = { ignored: 'nothing is billed here' };

type Part = { readonly physicalId: string; undo(): void };

/** Creates the provider of a type that belongs to an API. Its errors name the resource. */
function partOfApi(
  apis: ReadonlyMap<string, RestApi>,
  type: string,
  properties: Readonly<Record<string, PropertySupport>>,
  make: (api: RestApi, context: ResourceContext) => Part,
): ResourceProvider {
  return {
    type,
    properties: { RestApiId: 'honoured', ...properties },
    async create(context) {
      const api = apis.get(String(context.properties.RestApiId));
      try {
        if (!api) throw new Error(`unknown REST API ${context.properties.RestApiId}`);
        const { physicalId, undo } = make(api, context);
        return { physicalId, stop: async () => undo() };
      } catch (error) {
        const { stack, logicalId } = context;
        throw new Error(`${stack}/${logicalId}: ${(error as Error).message}`, { cause: error });
      }
    },
  };
}

const resource = (apis: ReadonlyMap<string, RestApi>) =>
  partOfApi(
    apis,
    'AWS::ApiGateway::Resource',
    { ParentId: 'honoured', PathPart: 'honoured' },
    (api, context) => {
      const id = apiId(context);
      const { ParentId, PathPart } = context.properties;
      api.addResource(id, String(ParentId), String(PathPart));
      return { physicalId: id, undo: () => api.removeResource(id) };
    },
  );

const method = (apis: ReadonlyMap<string, RestApi>) =>
  partOfApi(
    apis,
    'AWS::ApiGateway::Method',
    {
      ResourceId: 'honoured',
      HttpMethod: 'honoured',
      AuthorizationType: 'honoured',
      Integration: 'honoured',
      MethodResponses: { ignored: 'the response of the integration is sent unchanged' },
      OperationName: DOCUMENTATION_ONLY,
    },
    (api, context) => {
      const { ResourceId, HttpMethod, AuthorizationType, Integration } = context.properties;
      if (AuthorizationType !== 'NONE') throw new Error('authorizers are not supported');
      const methods = api.methodsOf(String(ResourceId));
      const name = String(HttpMethod);
      methods.set(name, readIntegration(Integration as object));
      return { physicalId: apiId(context), undo: () => methods.delete(name) };
    },
  );

const gatewayResponse = (apis: ReadonlyMap<string, RestApi>) =>
  partOfApi(
    apis,
    'AWS::ApiGateway::GatewayResponse',
    { ResponseType: 'honoured', StatusCode: 'honoured', ResponseTemplates: 'honoured' },
    (api, context) => {
      const { ResponseType, StatusCode, ResponseTemplates } = context.properties as {
        ResponseType: string;
        StatusCode?: string | number;
        ResponseTemplates?: Record<string, string>;
      };
      const type = knownResponseType(ResponseType);
      const body = ResponseTemplates?.['application/json'];
      if (body?.includes('$')) throw new Error('templates with variables are not supported');
      api.responses.set(type, {
        ...(StatusCode === undefined ? {} : { status: Number(StatusCode) }),
        ...(body === undefined ? {} : { body }),
      });
      return { physicalId: apiId(context), undo: () => api.responses.delete(type) };
    },
  );

const deployment = (apis: ReadonlyMap<string, RestApi>) =>
  partOfApi(
    apis,
    'AWS::ApiGateway::Deployment',
    { Description: DOCUMENTATION_ONLY },
    (api, context) => {
      const id = apiId(context);
      api.deploy(id);
      return { physicalId: id, undo: () => api.deployments.delete(id) };
    },
  );

interface StageProperties {
  readonly StageName: string;
  readonly DeploymentId: string;
  readonly MethodSettings?: readonly {
    readonly HttpMethod: string;
    readonly ResourcePath: string;
    readonly ThrottlingRateLimit?: number;
    readonly ThrottlingBurstLimit?: number;
  }[];
}

const stage = (apis: ReadonlyMap<string, RestApi>) =>
  partOfApi(
    apis,
    'AWS::ApiGateway::Stage',
    {
      StageName: 'honoured',
      DeploymentId: 'honoured',
      MethodSettings: 'honoured',
      TracingEnabled: { ignored: 'there is no X-Ray' },
      AccessLogSetting: { ignored: 'functions log their requests' },
      Description: DOCUMENTATION_ONLY,
      Tags: NO_TAGS,
    },
    (api, context) => {
      const {
        StageName,
        DeploymentId,
        MethodSettings = [],
      } = context.properties as unknown as StageProperties;
      const [all, ...some] = MethodSettings;
      if (some.length > 0 || (all && (all.HttpMethod !== '*' || all.ResourcePath !== '/*'))) {
        throw new Error('method settings must apply to all methods');
      }
      api.openStage(StageName, DeploymentId, {
        ...(all?.ThrottlingRateLimit ? { ratePerSecond: Number(all.ThrottlingRateLimit) } : {}),
        ...(all?.ThrottlingBurstLimit ? { burst: Number(all.ThrottlingBurstLimit) } : {}),
      });
      return { physicalId: StageName, undo: () => api.stages.delete(StageName) };
    },
  );

/** Returns the providers of the CloudFormation types that belong to a REST API. */
export function partProviders(apis: ReadonlyMap<string, RestApi>): ResourceProvider[] {
  return [resource, method, gatewayResponse, deployment, stage].map((make) => make(apis));
}
