import { type Listener, listen } from '../http-api/listener.ts';
import type { Kernel, ResourceProvider } from '../kernel.ts';
import { Distribution } from './distribution.ts';
import { type DistributionConfig, readDistribution } from './distribution-config.ts';
import { localOrigins, type OriginFactory } from './origins.ts';
import { cdnId, policyProviders } from './policy-providers.ts';
import { createRegistries, type Registries } from './registries.ts';

export {
  accessDenied,
  httpOrigin,
  localOrigins,
  type Origin,
  type OriginFactory,
} from './origins.ts';

/** Creates the origins of a distribution by its ARN. */
type OriginsOf = (distributionArn: string) => OriginFactory;

function distributionArn(kernel: Kernel, id: string): string {
  return kernel.arn('cloudfront', `distribution/${id}`);
}

function distributionProvider(
  registries: Registries,
  now: () => number,
  origins: OriginsOf,
): ResourceProvider {
  return {
    type: 'AWS::CloudFront::Distribution',
    properties: {
      DistributionConfig: 'honoured',
      Tags: { ignored: 'nothing is billed here' },
    },
    async create(context) {
      const { stack, logicalId, properties, kernel } = context;
      const config = properties.DistributionConfig as DistributionConfig;
      const id = cdnId(context);
      const distribution = new Distribution({
        ...readDistribution(config, registries, origins(distributionArn(kernel, id))),
        id,
        now,
        log: (text) => kernel.log({ at: Date.now(), stack, source: logicalId, text }),
      });
      const listener: Listener = await listen(
        kernel.publicPort(stack),
        (request, response) => void distribution.handle(request, response),
        { address: kernel.publicAddress },
      );
      distribution.domain = listener.host;
      return {
        physicalId: id,
        attributes: { Id: id, DomainName: listener.host },
        stop: (graceMs) => listener.close(graceMs),
      };
    },
  };
}

/**
 * Creates CloudFront: distributions with viewer functions, a cache, and origins with failover.
 * @param now the clock of the cache, in epoch milliseconds
 */
export function createCdn(
  kernel: Kernel,
  now: () => number = Date.now,
  origins: OriginsOf = (arn) => localOrigins(kernel, arn),
): { readonly providers: ResourceProvider[] } {
  const registries = createRegistries();
  return {
    providers: [distributionProvider(registries, now, origins), ...policyProviders(registries)],
  };
}
