import { inMemoryCatalog, productNamed } from '@triptych/catalog/testing';
import { checkoutSteps } from '@triptych/checkout/core';
import { checkoutMachine, failingTask, type StepEvent, stepTask } from '@triptych/checkout/states';
import { newWorld, placeTwoCups } from '@triptych/payments/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FunctionError, memoryState, workflow } from './testing/workflow.ts';

/**
 * The state machine of the shop on the local cloud's Step Functions, with the real use cases of both
 * contexts in memory. Its function can crash before or after any step, and the local cloud can restart
 * after any change that it saves.
 */
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }));
afterEach(() => void vi.useRealTimers());

interface Options {
  readonly paymentMethod?: string;
  /** Whether the function crashes before or after a step, by the number of the invocation. */
  readonly crash?: (step: string, call: number) => 'before' | 'after' | undefined;
  /** Restarts after this number of changes of the saved state. */
  readonly restartAfter?: number;
  /** How the provider answers. */
  readonly outcomeOf?: NonNullable<Parameters<typeof newWorld>[0]>['outcomeOf'];
  /** Whether the order is settled between its charge and the storage of its token. */
  readonly endsBeforeWaiting?: boolean;
  /** Runs when the execution first waits for the end of its order. */
  readonly meanwhile?: (world: ReturnType<typeof newWorld>, orderId: string) => Promise<unknown>;
}

async function checkout(options: Options = {}) {
  const { crash, outcomeOf, restartAfter, paymentMethod } = options;
  const payments = newWorld(outcomeOf ? { outcomeOf } : {});
  const { catalog, store } = inMemoryCatalog();
  const price = { amountCents: 1200, currency: 'usd' };
  await store.create(productNamed('cup', { available: 5, price }));
  const orderId = await placeTwoCups(payments, paymentMethod ? { paymentMethod } : {});
  const tokens = new Map<string, string>();
  const calls: string[] = [];
  const saved = memoryState();
  let flow = workflow();
  let arn = '';

  const steps = checkoutSteps({
    catalog,
    payments: payments.payments,
    waits: {
      async put(id, token) {
        if (options.endsBeforeWaiting) await payments.payments.settleOverdue(id);
        tokens.set(id, token);
      },
      find: async (id) => tokens.get(id),
    },
    coordinator: failingTask,
  });
  const perform = stepTask(steps);
  const functions = {
    async steps(event: unknown) {
      const { step } = event as StepEvent;
      calls.push(step);
      const when = crash?.(step, calls.length);
      if (when === 'before') throw new FunctionError('Runtime.ExitError');
      const result = await perform(event as StepEvent);
      if (when === 'after') throw new FunctionError('Runtime.ExitError');
      return result;
    },
  };
  // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation replaces it.
  const definition = JSON.parse(JSON.stringify(checkoutMachine).replaceAll('${Steps}', 'steps'));
  const restart = () => {
    if (arn !== '') flow.executions.removeMachine(arn);
    flow = workflow(functions, saved);
    arn = flow.add(definition);
  };
  restart();
  const placed = payments.stores.events[0] as { data: object };
  flow.executions.start(arn, JSON.stringify(placed.data), orderId);

  let isRestartDue = restartAfter !== undefined;
  let { meanwhile } = options;
  for (let turn = 0; turn < 4_000; turn += 1) {
    const [execution] = flow.executions.of(arn);
    if (execution?.record.status !== 'RUNNING') break;
    if (isRestartDue && saved.changes >= (restartAfter ?? 0)) {
      isRestartDue = false;
      restart();
    }
    if (meanwhile && tokens.has(orderId)) {
      await meanwhile(payments, orderId);
      meanwhile = undefined;
      await resume(orderId);
    }
    await vi.advanceTimersByTimeAsync(turn < 200 ? 0 : 1_000);
  }

  /** What payments' outbox does when the order has ended. */
  async function resume(id: string): Promise<void> {
    const outcome = await payments.payments.findOutcome(id);
    if (outcome !== 'open') flow.executions.waitingWith(tokens.get(id) ?? '').succeed(outcome);
  }

  const { record } = flow.executions.of(arn)[0] ?? {};
  const intents = [...payments.provider.intents.values()];
  return {
    ...{ status: record?.status, output: record?.output, error: record?.error, calls },
    entered: (record?.events ?? []).flatMap(({ type, details }) =>
      type.endsWith('StateEntered') ? [String(details?.[1].name)] : [],
    ),
    changes: saved.changes,
    state: payments.stores.ordersById.get(orderId)?.state,
    charged: intents.filter(({ status }) => status === 'succeeded').length,
    booked: payments.stores.journals.size,
    stock: store.stockOf('cup'),
  };
}

const SOLD = {
  ...{ status: 'SUCCEEDED', output: '"confirmed"', state: 'confirmed', charged: 1, booked: 1 },
  stock: { available: 3, held: 0, sold: 2, received: 5, adjustments: 0 },
};
const RELEASED = {
  ...{ status: 'SUCCEEDED', output: '"cancelled"', state: 'cancelled', charged: 0, booked: 0 },
  stock: { available: 5, held: 0, sold: 0, received: 5, adjustments: 0 },
};
const DECLINED = { paymentMethod: 'pm_card_visa_chargeDeclined' };

describe.each<[string, Options, object]>([
  ['a confirmed order', {}, SOLD],
  ['a declined order', DECLINED, RELEASED],
])('the checkout of %s', (_name, order, expected) => {
  it('ends', async () => {
    expect(await checkout(order)).toMatchObject(expected);
  });

  it.each(['before', 'after'] as const)(
    'ends in the same way after a crash %s any step',
    async (when) => {
      const { calls } = await checkout(order);
      expect(calls).toHaveLength(3);
      for (let at = 1; at <= calls.length; at += 1) {
        const crash = (_step: string, call: number) => (call === at ? when : undefined);
        const result = await checkout({ ...order, crash });
        expect(result, `crash ${when} call ${at}`).toMatchObject(expected);
        expect(result.calls).toHaveLength(4);
      }
    },
  );

  it('ends in the same way after a restart of the local cloud at any point', async () => {
    const { changes } = await checkout(order);
    for (let restartAfter = 1; restartAfter < changes; restartAfter += 1) {
      const result = await checkout({ ...order, restartAfter });
      expect(result, `restart after change ${restartAfter}`).toMatchObject(expected);
    }
  });

  it('ends in the same way when each step succeeds only at its fifth attempt', async () => {
    const crash = (_step: string, call: number) => (call % 5 === 0 ? undefined : 'after');
    expect(await checkout({ ...order, crash })).toMatchObject(expected);
  });
});

describe('an order whose charge is undecided', () => {
  const outcomeOf: Options['outcomeOf'] = async (call) =>
    call === 'confirm' ? 'lost-before' : 'answered';

  it('is resumed by the end of the order', async () => {
    const result = await checkout({
      outcomeOf,
      meanwhile: ({ payments }, orderId) => payments.settleOverdue(orderId),
    });
    expect(result).toMatchObject(RELEASED);
    expect(result.entered.slice(-3)).toEqual(['AwaitEnd', 'HowEnded', 'ReleaseStock']);
  });

  it('that ends before its token is stored continues at once', async () => {
    const result = await checkout({ outcomeOf, endsBeforeWaiting: true });
    expect(result).toMatchObject(RELEASED);
    expect(result.entered.slice(-4)).toEqual([
      ...['HowToAsk', 'ChargeOrder', 'HowEnded', 'ReleaseStock'],
    ]);
  });

  it('is charged again after each wait, and settled at last', async () => {
    const result = await checkout({ outcomeOf });
    expect(result).toMatchObject(RELEASED);
    expect(result.entered.filter((name) => name === 'ChargeOrder')).toHaveLength(4);
    expect(result.entered.slice(-3)).toEqual(['SettleOrder', 'HowEnded', 'ReleaseStock']);
  });

  it('waits until the provider answers, however long that takes', async () => {
    let cancels = 0;
    const result = await checkout({
      outcomeOf: async (call) => {
        if (call === 'cancel') cancels += 1;
        const isLost = call === 'confirm' || (call === 'cancel' && cancels <= 3);
        return isLost ? 'lost-before' : 'answered';
      },
    });
    expect(result).toMatchObject(RELEASED);
  });
});

describe('a step that fails for good', () => {
  const broken = (...names: string[]): Options => ({
    crash: (step) => (names.includes(step) ? 'after' : undefined),
  });

  it.each(['reserveStock'])(
    '%s: the order is cancelled, and its stock is released',
    async (name) => {
      const result = await checkout(broken(name));
      expect(result).toMatchObject(RELEASED);
      expect(result.entered).toEqual(['ReserveStock', 'SettleOrder', 'HowEnded', 'ReleaseStock']);
    },
  );

  it('chargeOrder: an order whose money is taken is confirmed', async () => {
    const result = await checkout(broken('chargeOrder'));
    expect(result).toMatchObject(SOLD);
    expect(result.entered.slice(-3)).toEqual(['SettleOrder', 'HowEnded', 'CommitStock']);
  });

  it('a compensation: the execution fails, which raises an alarm', async () => {
    const result = await checkout(broken('reserveStock', 'settleOrder'));
    expect(result).toMatchObject({ status: 'FAILED', error: 'Runtime.ExitError' });
  });
});
