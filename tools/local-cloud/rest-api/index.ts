import { apiId } from '../http-api/api-id.ts';
import { listen } from '../http-api/listener.ts';
import type { Kernel, ResourceProvider } from '../kernel.ts';
import { RestApi } from './api.ts';
import { partProviders } from './providers.ts';
import { serve } from './serve.ts';

/** API Gateway's REST APIs: requests become function invocations in payload format 1.0. */
export interface LocalRestApis {
  readonly providers: ResourceProvider[];
  /** Scheme, host and port of an API, which no attribute of its type tells; stages are the first segment below it. */
  origin(apiId: string): string | undefined;
}

export function createRestApi(_kernel: Kernel): LocalRestApis {
  const apis = new Map<string, RestApi>();
  const origins = new Map<string, string>();
  const provider: ResourceProvider = {
    type: 'AWS::ApiGateway::RestApi',
    properties: {
      Name: { ignored: 'text for people' },
      Description: { ignored: 'text for people' },
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
