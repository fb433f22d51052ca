import type { ComputeCloud } from '../../lambda/testing/compute-cloud.ts';
import { createRestApi } from '../index.ts';

export interface StartedApi {
  readonly id: string;
  readonly origin: string;
  readonly rootId: string;
}

interface Options {
  readonly functionName: string;
  readonly timeoutMs?: number;
  readonly binaryMediaTypes?: readonly string[];
  readonly burst?: number;
}

let count = 0;

/** Creates an API with the stage `live`: a function at `/f/{proxy+}` and a mock at the root. */
export async function startApi(cloud: ComputeCloud, options: Options): Promise<StartedApi> {
  const { functionName, timeoutMs, binaryMediaTypes = ['*/*'], burst } = options;
  const apis = createRestApi(cloud.kernel);
  cloud.add(apis.providers);
  count += 1;
  const name = (id: string) => `${id}${count}`;
  const api = await cloud.create('AWS::ApiGateway::RestApi', name('Api'), {
    BinaryMediaTypes: binaryMediaTypes,
  });
  const ofApi = { RestApiId: api.physicalId };
  const rootId = String(api.attributes?.RootResourceId);
  const resource = async (id: string, ParentId: string, PathPart: string) => {
    const properties = { ...ofApi, ParentId, PathPart };
    return (await cloud.create('AWS::ApiGateway::Resource', name(id), properties)).physicalId;
  };
  const method = (id: string, ResourceId: string, HttpMethod: string, Integration: object) =>
    cloud.create('AWS::ApiGateway::Method', name(id), {
      ...{ ...ofApi, ResourceId, HttpMethod, Integration },
      AuthorizationType: 'NONE',
    });
  await method('Root', rootId, 'GET', {
    Type: 'MOCK',
    RequestTemplates: { 'application/json': '{"statusCode":418}' },
    IntegrationResponses: [
      {
        StatusCode: '418',
        ResponseTemplates: { 'application/json': '{"message":"Nothing here"}' },
      },
    ],
  });
  const below = await resource('Below', await resource('Path', rootId, 'f'), '{proxy+}');
  const arn = cloud.kernel.arn('lambda', `function:${functionName}`);
  await method('Route', below, 'ANY', {
    Type: 'AWS_PROXY',
    IntegrationHttpMethod: 'POST',
    Uri: `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${arn}/invocations`,
    ...(timeoutMs === undefined ? {} : { TimeoutInMillis: timeoutMs }),
  });
  await cloud.create('AWS::ApiGateway::GatewayResponse', name('NotFound'), {
    ...ofApi,
    ResponseType: 'MISSING_AUTHENTICATION_TOKEN',
    StatusCode: '404',
    ResponseTemplates: { 'application/json': '{"message":"Not Found"}' },
  });
  const deployment = await cloud.create('AWS::ApiGateway::Deployment', name('Deployment'), ofApi);
  await cloud.create('AWS::ApiGateway::Stage', name('Stage'), {
    ...ofApi,
    DeploymentId: deployment.physicalId,
    StageName: 'live',
    MethodSettings: [
      {
        HttpMethod: '*',
        ResourcePath: '/*',
        ...(burst === undefined ? {} : { ThrottlingBurstLimit: burst, ThrottlingRateLimit: 0.001 }),
      },
    ],
  });
  return { id: api.physicalId, origin: String(apis.origin(api.physicalId)), rootId };
}
