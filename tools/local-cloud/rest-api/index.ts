import { apiId } from '../http-api/api-id.ts';
import { listen } from '../http-api/listener.ts';
import type { Kernel, ResourceProvider } from '../kernel.ts';
import { RestApi } from './api.ts';
import { partProviders } from './providers.ts';
import { serve } from './serve.ts';

/** API Gateway's REST APIs, which invoke functions in payload format 1.0. */
export interface LocalRestApis {
  readonly providers: ResourceProvider[];
  /**
   * Returns the origin of an API: scheme, host and port. No CloudFormation attribute contains it. A
   * stage is the first path segment below it.
   */
  origin(apiId: string): string | undefined;
}

/** Creates API Gateway's REST APIs. */
export function createRestApi(_kernel: Kernel): LocalRestApis {
  const apis = new Map<string, RestApi>();
  const origins = new Map<string, string>();
  const provider: ResourceProvider = {
    type: 'AWS::ApiGateway::RestApi',
    properties: {
      Name: { ignored: 'documentation only' },
      Description: { ignored: 'documentation only' },
      BinaryMediaTypes: 'honoured',
      EndpointConfiguration: { ignored: 'there is one address, on 127.0.0.1' },
      Tags: { ignored: 'nothing is billed here' },
    },
    async create(context) {
      const { kernel, stack, properties } = context;
      const types = (properties.BinaryMediaTypes ?? []) as string[];
      const api = new RestApi(apiId(context), types);
      const listener = await listen(kernel.publicPort(stack), (request, response) => {
        void serve(kernel, api, request, response);
      });
      apis.set(api.id, api);
      origins.set(api.id, `http://${listener.host}`);
      return {
        physicalId: api.id,
        attributes: { RestApiId: api.id, RootResourceId: api.rootId },
        async stop(graceMs) {
          apis.delete(api.id);
          origins.delete(api.id);
          await listener.close(graceMs);
        },
      };
    },
  };
  return { providers: [provider, ...partProviders(apis)], origin: (id) => origins.get(id) };
}
