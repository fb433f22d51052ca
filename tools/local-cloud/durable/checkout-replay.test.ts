import { inMemoryCatalog, productNamed } from '@triptych/catalog/testing';
import { type CheckoutOrder, checkoutSteps } from '@triptych/checkout/core';
import { durableFunction } from '@triptych/checkout/durable';
import { newWorld, placeTwoCups } from '@triptych/payments/testing';
import { describe, expect, it } from 'vitest';
import type { Invocation } from '../kernel.ts';
import { testKernel } from '../testing/test-kernel.ts';
import type { Execution } from './execution.ts';
import { Executions } from './executions.ts';
import type { OperationUpdate } from './operation.ts';

/**
 * The checkout of the shop on the local cloud's durable executions, with the real use cases of both
 * contexts in memory. An invocation can crash after any checkpoint: the checkpoint is stored, and
 * nothing that follows it in the function happens.
 */
type Handler = ReturnType<typeof durableFunction>;
type Event = Parameters<Handler>[0];
type Config = NonNullable<Parameters<typeof durableFunction>[1]>;
type Client = NonNullable<Config['durableExecutionClient']>;
type Request = Parameters<Client['checkpoint']>[0];

/** The order ends by itself in this test, so the function needs no more than this much time. */
const CONTEXT = {
  getRemainingTimeInMillis: () => 60_000,
  awsRequestId: 'r',
} as Parameters<Handler>[1];

async function checkout(options: { paymentMethod?: string; crashAfter?: readonly number[] }) {
  const { crashAfter = [], ...order } = options;
  const payments = newWorld();
  const { catalog, store } = inMemoryCatalog();
  await store.create(
    productNamed('cup', { available: 5, price: { amountCents: 1200, currency: 'usd' } }),
  );
  const orderId = await placeTwoCups(payments, order);
  const tokens = new Map<string, string>();
  const steps = checkoutSteps({
    catalog,
    payments: payments.payments,
    waits: {
      put: async (id, token) => void tokens.set(id, token),
      find: async (id) => tokens.get(id),
    },
    coordinator: { resume: async () => {} },
  });

  let checkpoints = 0;
  let crash = () => {};
  let execution: Execution | undefined;
  const client = {
    async checkpoint(request: Request) {
      const updates = (request.Updates ?? []) as OperationUpdate[];
      const token = request.CheckpointToken ?? '';
      const response = execution?.checkpoint({ token, updates });
      checkpoints += 1;
      if (!crashAfter.includes(checkpoints)) return response;
      crash();
      return new Promise(() => {});
    },
    getExecutionState: async () => ({ Operations: [] }),
  } as unknown as Client;

  const handler = durableFunction(steps, { durableExecutionClient: client });
  const executions = new Executions(testKernel());
  const invoke = async (payload: Buffer): Promise<Invocation> => {
    const crashed = new Promise<Invocation>((resolve) => {
      const payload = Buffer.from('{"errorType":"Runtime.ExitError"}');
      crash = () => resolve({ payload, functionError: 'Unhandled', cold: true });
    });
    const answer = handler(JSON.parse(payload.toString()) as Event, CONTEXT).then((result) => ({
      payload: Buffer.from(JSON.stringify(result)),
      cold: false,
    }));
    return Promise.race([answer, crashed]);
  };
  const placed = payments.stores.events[0] as { data: CheckoutOrder };
  const arn = 'arn:aws:lambda:us-east-1:000000000000:function:checkout';
  execution = executions.start(
    { arn, version: '1', stack: 'test', logicalId: 'Durable', executionTimeoutMs: 60_000, invoke },
    JSON.stringify(placed.data),
    orderId,
  );
  await execution.ended;
  const intents = [...payments.provider.intents.values()];
  return {
    status: execution.status,
    outcome: execution.outcome,
    checkpoints,
    state: payments.stores.ordersById.get(orderId)?.state,
    charged: intents.filter(({ status }) => status === 'succeeded').length,
    booked: payments.stores.journals.size,
    stock: store.stockOf('cup'),
  };
}

const SOLD = {
  status: 'SUCCEEDED',
  outcome: { Result: '"confirmed"' },
  state: 'confirmed',
  charged: 1,
  booked: 1,
  stock: { available: 3, held: 0, sold: 2, received: 5, adjustments: 0 },
};
const RELEASED = {
  status: 'SUCCEEDED',
  outcome: { Result: '"cancelled"' },
  state: 'cancelled',
  charged: 0,
  booked: 0,
  stock: { available: 5, held: 0, sold: 0, received: 5, adjustments: 0 },
};

describe.each([
  ['a confirmed order', {}, SOLD],
  ['a declined order', { paymentMethod: 'pm_card_visa_chargeDeclined' }, RELEASED],
])('the checkout of %s', (_name, order, expected) => {
  it('ends in the same way after a crash at any checkpoint', async () => {
    const { checkpoints } = await checkout(order);
    expect(checkpoints).toBeGreaterThanOrEqual(3);
    for (let crash = 1; crash <= checkpoints; crash += 1) {
      const result = await checkout({ ...order, crashAfter: [crash] });
      expect(result, `crash after checkpoint ${crash}`).toMatchObject(expected);
    }
  });

  it('ends in the same way when every invocation crashes after its first checkpoint', async () => {
    const crashAfter = Array.from({ length: 5 }, (_, index) => index + 1);
    expect(await checkout({ ...order, crashAfter })).toMatchObject(expected);
  });
});
