import { type ContextName, stackName } from '@triptych/context-map';
import { CfnOutput, type Stack } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Deployment } from '../deployment.ts';
import { apiFront, frontPart } from './choose-api-front.ts';
import { codeBucket } from './code-bucket.ts';
import { apiDomain } from './domain.ts';
import { released } from './function-release.ts';
import { functionService, serviceFunction } from './function-service.ts';
import { lateAddress } from './late-address.ts';
import { type Place, place, placeAt, WEBHOOK_PATH } from './place.ts';
import { generatedSecret } from './secrets.ts';
import type { Use } from './uses.ts';
import { webFront } from './web-front.ts';
import { webFunctionService } from './web-function-service.ts';

/** What stands in front of the services of serverless, and runs them. */
export interface HttpFront {
  readonly at: Place;
  /** Creates a service. Returns what feeds invoke: the worker, or its alias. */
  run(stack: Stack, service: ContextName, needs: readonly Use[]): IFunction;
  /** Creates what connects the services, where it comes after them. The dashboard shows it. */
  join(): void;
  /** Creates what shows the services to the world, after everything else. */
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
    join: () => undefined,
    release() {
      front.release(deployment);
      apiDomain(deployment, front);
    },
  };
}

/**
 * The services come before the CDN, because it needs their domains. So they cannot refer to its address: without a base URL in
 * the settings, they read it when they start (docs/decisions/0026-web-functions-behind-one-cdn.md).
 */
function behindCdn(deployment: Deployment): HttpFront {
  const { settings, variant } = deployment;
  const codeStack = deployment.stack('code', 'the code of the Web Functions');
  const codeBucketName = codeBucket(codeStack, codeStack.stackName.replace(/code$/, '')).bucketName;
  const edgeSecret =
    settings.web.access === 'secret'
      ? generatedSecret(codeStack, 'EdgeSecret', 'What the CDN proves itself with to the services')
      : undefined;
  const given = settings.baseUrls[variant];
  const late = lateAddresses(deployment, codeStack);
  // Two proxies: the CDN and the endpoint.
  const at: Place =
    given === undefined
      ? { baseUrl: late.base.use, webhookUrl: late.webhooks.use, trustedProxies: 2 }
      : placeAt(given, 2, settings.internalUrls[variant]);
  const endpoints = new Map<ContextName, string>();
  return {
    at,
    run(stack, service, needs) {
      const props = { deployment, at, service, needs };
      const web = webFunctionService(stack, { ...props, codeBucketName, edgeSecret });
      endpoints.set(service, web.endpoint.domainName);
      return released(serviceFunction(stack, 'worker', props), { settings, part: 'worker' });
    },
    join() {
      const stack = deployment.stack('web-front', 'the CDN in front of the services');
      const url = webFront(stack, settings, { endpoints, secret: edgeSecret });
      if (given === undefined) {
        late.base.createIn(stack, 'BaseUrlEntry', url);
        late.webhooks.createIn(stack, 'WebhookUrlEntry', `${url}${WEBHOOK_PATH}`);
      }
      new CfnOutput(stack, 'BaseUrl', { value: given ?? url });
    },
    release: () => undefined,
  };
}

function lateAddresses({ variant, settings }: Deployment, scope: Stack) {
  const named = (variable: string, part: string) =>
    lateAddress(scope, variable, stackName(variant, part, settings.stage));
  return {
    base: named('BASE_URL', 'base-url'),
    webhooks: named('WEBHOOK_URL', 'webhook-url'),
  };
}
