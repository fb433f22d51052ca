import type { ContextName } from '@triptych/context-map';
import { CfnOutput, type Stack } from 'aws-cdk-lib';
import type { Deployment } from '../deployment.ts';
import { containerService } from './container-service.ts';
import { expressFront } from './express-front.ts';
import { expressService } from './express-service.ts';
import { loadBalancerFront } from './load-balancer-front.ts';
import { type Place, place, placeAt } from './place.ts';
import type { Use } from './uses.ts';

/** What stands in front of the container services of microservices, and runs them. */
export interface ContainerFront {
  readonly at: Place;
  run(stack: Stack, service: ContextName, needs: readonly Use[]): void;
  /** Creates what must come after all services. */
  release(): void;
}

/** The front that the setting `containers` names: a load balancer of our own, or ECS Express Mode behind a CDN. */
export function containerFront(deployment: Deployment): ContainerFront {
  return deployment.settings.containers === 'express'
    ? behindCdn(deployment)
    : behindLoadBalancer(deployment);
}

function behindLoadBalancer(deployment: Deployment): ContainerFront {
  const { settings } = deployment;
  const stack = deployment.stack('front', 'network and load balancer');
  const front = loadBalancerFront(stack, { reach: 'internet', ...settings });
  // One proxy: the load balancer.
  const at = place(deployment, stack, front.url, 1);
  return {
    at,
    run: (ofService, service, needs) =>
      containerService(ofService, { deployment, front, at, service, needs }),
    release: () => undefined,
  };
}

function behindCdn(deployment: Deployment): ContainerFront {
  const { settings } = deployment;
  const { baseUrls, internalUrls } = settings;
  const baseUrl = baseUrls.microservices ?? '';
  const hosts = new Map<ContextName, string>();
  // Two proxies: the CDN and the load balancer.
  const at = placeAt(baseUrl, 2, internalUrls.microservices);
  return {
    at,
    run(stack, service, needs) {
      hosts.set(service, expressService(stack, { deployment, at, service, needs }));
    },
    release() {
      const stack = deployment.stack('front', 'the CDN in front of the services');
      expressFront(stack, settings, hosts);
      new CfnOutput(stack, 'BaseUrl', { value: baseUrl });
    },
  };
}
