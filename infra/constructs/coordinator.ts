import type { ContextName } from '@triptych/context-map';
import type { Deployment } from '../deployment.ts';
import { durableCoordinator } from './durable-coordinator.ts';
import { type Provider, setting } from './needs.ts';
import type { Place } from './place.ts';
import type { State } from './state.ts';
import { stateMachineCoordinator } from './state-machine-coordinator.ts';
import { reads, type Use, uses } from './uses.ts';

const COORDINATORS = {
  'step-functions': stateMachineCoordinator,
  'durable-functions': durableCoordinator,
};

interface Parts {
  readonly state: State;
  readonly provider: Provider;
  readonly at: Place;
}

/**
 * Creates the coordinator of checkouts in a stack of its own, if the settings ask for one. Returns what a context needs
 * to start and resume executions: only payments does.
 */
export function checkoutCoordinator(
  deployment: Deployment,
  { state, provider, at }: Parts,
): (name: ContextName) => readonly Use[] {
  const { checkout } = deployment.settings;
  if (checkout === 'events') return () => [];
  const stack = deployment.stack('checkout', 'the coordinator of checkouts');
  const needs = [
    uses(state.tables.catalog).as('CATALOG_TABLE'),
    uses(state.tables.payments).as('PAYMENTS_TABLE'),
    setting('PROVIDER_URL', provider.url),
    reads(state.secrets.providerKey).as('PROVIDER_KEY'),
  ];
  const use = COORDINATORS[checkout](stack, { deployment, service: 'checkout', at, needs });
  return (name) => (name === 'payments' ? [use] : []);
}
