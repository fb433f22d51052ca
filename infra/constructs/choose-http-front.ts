import type { ContextName } from '@triptych/context-map';
import { CfnOutput, type Stack } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Deployment } from '../deployment.ts';
import { apiFront, frontPart } from './choose-api-front.ts';
import { codeBucket } from './code-bucket.ts';
import { apiDomain } from './domain.ts';
import { released } from './function-release.ts';
import { functionService, serviceFunction } from './function-service.ts';
import { type Place, place } from './place.ts';
import { generatedSecret } from './secrets.ts';
import type { Use } from './uses.ts';
import { webFront } from './web-front.ts';
import { webFunctionService } from './web-function-service.ts';

/** What stands in front of the services of serverless, and runs them. */
export interface HttpFront {
  readonly at: Place;
  /** Creates a service. Returns what feeds invoke: the worker, or its alias. */
  run(stack: Stack, service: ContextName, needs: readonly Use[]): IFunction;
  /** Creates what must come after all services. */
  release(): void;
}

/** The front that the setting `http` names: an API in front of functions, or a CDN in front of listening servers. */
export function httpFront(deployment: Deployment): HttpFront {
  return deployment.isWeb ? behindCdn(deployment) : behindApi(deployment);
}

function behindApi(deployment: Deployment): HttpFront {
  const stack = deployment.stack(frontPart(deployment.settings), 'the API');
  const front = apiFront(stack, deployment);
  // One proxy: the API.
  const at = place(deployment, stack, front.url, 1);
  return {
    at,
    run: (ofService, service, needs) =>
      functionService(ofService, { deployment, front, at, service, needs }),
    release() {
      front.release(deployment);
      apiDomain(deployment, front);
    },
  };
}

/**
 * The services come before the CDN, because it needs their domains. So they cannot refer to its address, and the settings have
 * the base URL (docs/decisions/0026-web-functions-behind-one-cdn.md).
 */
function behindCdn(deployment: Deployment): HttpFront {
  const { settings, variant } = deployment;
  const baseUrl = settings.baseUrls[variant] ?? '';
  const internalUrl = settings.internalUrls[variant];
  // Two proxies: the CDN and the endpoint.
  const at = { baseUrl, trustedProxies: 2, ...(internalUrl === undefined ? {} : { internalUrl }) };
  const codeStack = deployment.stack('code', 'the code of the Web Functions');
  const codeBucketName = codeBucket(codeStack, codeStack.stackName.replace(/code$/, '')).bucketName;
  const edgeSecret =
    settings.web.access === 'secret'
      ? generatedSecret(codeStack, 'EdgeSecret', 'What the CDN proves itself with to the services')
      : undefined;
  const endpoints = new Map<ContextName, string>();
  return {
    at,
    run(stack, service, needs) {
      const props = { deployment, at, service, needs };
      const web = webFunctionService(stack, { ...props, codeBucketName, edgeSecret });
      endpoints.set(service, web.endpoint.domainName);
      return released(serviceFunction(stack, 'worker', props), { settings, part: 'worker' });
    },
    release() {
      const stack = deployment.stack('web-front', 'the CDN in front of the services');
      webFront(stack, settings, { endpoints, secret: edgeSecret });
      new CfnOutput(stack, 'BaseUrl', { value: baseUrl });
    },
  };
}
