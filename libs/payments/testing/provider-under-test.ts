import { expect } from 'vitest';
import type { PaymentProvider, ProviderStatement } from '../core/index.ts';
import type { ProviderCall } from './fake-provider.ts';

export interface ProviderUnderTest {
  readonly provider: PaymentProvider & ProviderStatement;
  /** The provider's clock. Tests only move it forward. */
  readonly clock: { nowMs: number };
  /** Makes a call that the provider carries out, but whose answer is lost. */
  withoutAnswer<A>(name: ProviderCall, call: (provider: PaymentProvider) => Promise<A>): Promise<A>;
  /** Makes the provider answer the next call with a fault. */
  failNext(name: ProviderCall): Promise<void>;
  /** Makes the provider answer every call with a fault. */
  failAll(): Promise<void>;
}

let orders = 0;

/** An id of no other order. The tests of a contract may share a provider. */
export function newOrderId(): string {
  orders += 1;
  return `order-${orders}`;
}

/** A request for an intent of 24.00 usd. */
export function intentRequest(orderId: string, paymentMethod = 'pm_card_visa', attempt = 1) {
  return { orderId, attempt, amount: { amountCents: 2400, currency: 'usd' }, paymentMethod };
}

/** Creates an intent and returns its id. */
export async function newIntent(
  provider: PaymentProvider,
  orderId: string,
  paymentMethod?: string,
): Promise<string> {
  const created = await provider.createIntent(intentRequest(orderId, paymentMethod));
  return created.kind === 'created' ? created.intent.id : expect.fail('no intent was created');
}
