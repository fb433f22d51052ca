import { withDurableExecution } from '@aws/durable-execution-sdk-js';
import { LocalDurableTestRunner } from '@aws/durable-execution-sdk-js-testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CheckoutOrder, checkoutSteps, type Outcome } from '../core/index.ts';
import {
  type CheckoutWorld,
  checkoutWorld,
  order,
  type WorldOptions,
} from '../testing/checkout-world.ts';
import { durableCheckout } from './durable-checkout.ts';

beforeAll(() => LocalDurableTestRunner.setupTestEnvironment({ skipTime: true }));
afterAll(() => LocalDurableTestRunner.teardownTestEnvironment());

/** Runs a checkout in the SDK's testing package. `meanwhile` runs when the checkout waits for the end of the order. */
async function run(options: WorldOptions, meanwhile?: (world: CheckoutWorld) => Outcome) {
  const world = checkoutWorld(options);
  const steps = checkoutSteps(world);
  const handler = withDurableExecution<CheckoutOrder, Outcome>((event, context) =>
    durableCheckout(event, context, steps),
  );
  const runner = new LocalDurableTestRunner<Outcome>({ handlerFunction: handler });
  const running = runner.run({ payload: order });
  if (meanwhile) {
    const waiting = runner.getOperation('order-ended');
    await waiting.waitForData();
    await waiting.sendCallbackSuccess(meanwhile(world));
  }
  const result = await running;
  const names = result
    .getOperations()
    .filter((operation) => operation.getType() === 'STEP')
    .map((operation) => operation.getName());
  return { world, outcome: result.getResult(), names };
}

describe('a checkout as a durable function', () => {
  it('reserves, charges, and sells the stock of a confirmed order', async () => {
    const { world, outcome, names } = await run({});
    expect({ outcome, stock: world.stock, charges: world.charges }).toEqual({
      outcome: 'confirmed',
      stock: 'sold',
      charges: 1,
    });
    expect(names).toEqual(['reserve-stock', 'charge-order', 'commit-stock']);
  });

  it('rejects an order without stock, and charges nothing', async () => {
    const { world, outcome, names } = await run({ rejectedFor: 'out-of-stock' });
    expect({ outcome, charges: world.charges }).toEqual({ outcome: 'rejected', charges: 0 });
    expect(names).toEqual(['reserve-stock', 'reject-order']);
  });

  it('releases the stock of a declined order', async () => {
    const { world, outcome, names } = await run({ decide: () => 'cancelled' });
    expect({ outcome, stock: world.stock }).toEqual({ outcome: 'cancelled', stock: 'available' });
    expect(names).toEqual(['reserve-stock', 'charge-order', 'release-stock']);
  });

  it('is resumed by the end of an order whose charge was undecided', async () => {
    const { world, outcome } = await run({ decide: () => 'open' }, (waiting) => {
      waiting.outcome = 'confirmed';
      return 'confirmed';
    });
    expect({ outcome, stock: world.stock }).toEqual({ outcome: 'confirmed', stock: 'sold' });
    expect(world.calls).toEqual(['answerOrder', 'chargeOrder', 'awaitEnd', 'commitReservation']);
  });

  it('repeats a step that fails', async () => {
    const failures = new Map([
      ['answerOrder', 2],
      ['commitReservation', 1],
    ]);
    const { outcome, world } = await run({
      interfere: (name, call) => {
        if (call <= (failures.get(name) ?? 0)) throw new Error(`${name} is away`);
      },
    });
    expect({ outcome, stock: world.stock, charges: world.charges }).toEqual({
      outcome: 'confirmed',
      stock: 'sold',
      charges: 1,
    });
  });
});
