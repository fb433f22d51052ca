import { CfnOutput } from 'aws-cdk-lib';
import { FunctionUrlAuthType } from 'aws-cdk-lib/aws-lambda';
import type { Deployment } from '../deployment.ts';
import { acknowledge } from './acknowledge.ts';
import { takeMessages } from './feed-worker.ts';
import { serviceFunction } from './function-service.ts';
import { functionVisibility, sizeOf } from './limits.ts';
import { type Provider, setting } from './needs.ts';
import type { Place } from './place.ts';
import { queueWithDeadLetters } from './queues.ts';
import type { State } from './state.ts';
import { contextTable } from './tables.ts';
import { passesOnThrough, reads, uses } from './uses.ts';

/** Returns Stripe, or creates the simulator. It has a separate stack, which is excluded from every bill and count. */
export function paymentProvider(deployment: Deployment, { secrets }: State, at: Place): Provider {
  if (deployment.settings.provider === 'stripe') return { url: 'https://api.stripe.com' };
  const stack = deployment.stack('provider', 'the simulated payment provider');
  const deliveries = queueWithDeadLetters(stack, 'Deliveries', {
    visibility: functionVisibility(sizeOf('simulator').worker),
  });
  const needs = [
    uses(contextTable(stack, 'Intents'), { by: 'http' }).as('SIMULATOR_TABLE'),
    passesOnThrough(deliveries).as('DELIVERY_QUEUE_URL'),
    typeof at.webhookUrl === 'string' ? setting('WEBHOOK_URL', at.webhookUrl) : at.webhookUrl,
    reads(secrets.providerKey).as('PROVIDER_KEY'),
    reads(secrets.webhookSecret).as('WEBHOOK_SECRET'),
  ];
  const simulator = { deployment, service: 'simulator', at, needs } as const;
  const http = serviceFunction(stack, 'http', simulator);
  const worker = serviceFunction(stack, 'worker', simulator);
  takeMessages(worker, deliveries, sizeOf('simulator').batch);
  const address = http.addFunctionUrl({ authType: FunctionUrlAuthType.NONE });
  acknowledge(address, {
    CKV_AWS_258: 'It is public, like Stripe. Every request must have the provider key.',
  });
  new CfnOutput(stack, 'ProviderUrl', { value: address.url });
  return { url: address.url };
}
