import { type DurableContext, withDurableExecution } from '@aws/durable-execution-sdk-js';
import { LocalDurableTestRunner } from '@aws/durable-execution-sdk-js-testing';
import { GetDurableExecutionHistoryCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DurableCloud, durableCloud } from './testing/durable-cloud.ts';

/**
 * The same handlers in the SDK's own testing package and in the local cloud. Their histories agree in
 * the type, name and place of every event. The handlers are sources, because a sandbox runs one of the
 * two copies. Callback timeouts are left out: the testing package does not skip them.
 */
const HANDLERS: Readonly<Record<string, string>> = {
  steps: `async (event, context) => {
    await context.step('one', async () => 1);
    return context.step('two', async () => 2);
  }`,
  wait: `async (event, context) => { await context.wait('pause', { seconds: 1 }); return 'woken'; }`,
  retry: `(event, context) => {
    let tries = 0;
    return context.step('flaky', async ({}) => { throw new Error('try ' + (tries += 1)); }, {
      retryStrategy: (error, attempt) => ({ shouldRetry: attempt < 3, delay: { seconds: 1 } }),
    });
  }`,
  contexts: `(event, context) => context.runInChildContext('outer', async (outer) => {
    const inner = await outer.runInChildContext('inner', (child) => child.step('a', async () => 'a'));
    return inner + await outer.step('b', async () => 'b');
  })`,
  condition: `(event, context) => context.waitForCondition('counted', async (state) => state + 1, {
    initialState: 0,
    waitStrategy: (state) => state < 2 ? { shouldContinue: true, delay: { seconds: 1 } } : { shouldContinue: false },
  })`,
  caught: `async (event, context) => {
    try {
      await context.step('fails', async () => { throw new RangeError('no'); }, { retryStrategy: () => ({ shouldRetry: false }) });
    } catch { return context.step('undo', async () => 'undone'); }
  }`,
};

let durable: DurableCloud;
const expected = new Map<string, { readonly events: readonly Event[]; readonly status: unknown }>();

beforeAll(async () => {
  // The testing package replaces the timers of this process, so the local cloud starts afterwards.
  await LocalDurableTestRunner.setupTestEnvironment({ skipTime: true });
  for (const [name, source] of Object.entries(HANDLERS)) {
    const handler = new Function(`return ${source}`)() as Handler;
    const runner = new LocalDurableTestRunner({ handlerFunction: withDurableExecution(handler) });
    const result = await runner.run({ payload: {} });
    const events = result.getHistoryEvents() as Event[];
    expected.set(name, { events, status: result.getStatus() });
  }
  await LocalDurableTestRunner.teardownTestEnvironment();
  durable = await durableCloud();
});
afterAll(() => durable?.stop());

type Handler = (event: unknown, context: DurableContext) => Promise<unknown>;

interface Event {
  readonly EventType?: string;
  readonly Name?: string;
  readonly SubType?: string;
  readonly Id?: string;
  readonly ParentId?: string;
}

/** The events without those of the invocations, whose number depends on time. */
function comparable(events: readonly Event[]) {
  return events
    .filter(({ EventType }) => EventType !== 'InvocationCompleted')
    .map(({ EventType, Name, SubType, Id, ParentId }) =>
      EventType?.startsWith('Execution') ? EventType : { EventType, Name, SubType, Id, ParentId },
    );
}

it.each(Object.keys(HANDLERS))('keeps the same history of %s', async (logicalId) => {
  const name = await durable.durable(logicalId, HANDLERS[logicalId] ?? '');
  const arn = await durable.start(name, {});
  const execution = await durable.ended(arn);
  const { Events = [] } = await durable.client.send(
    new GetDurableExecutionHistoryCommand({ DurableExecutionArn: arn, IncludeExecutionData: true }),
  );
  const { events = [], status } = expected.get(logicalId) ?? {};
  expect(comparable(Events as Event[])).toEqual(comparable(events));
  expect(execution.Status).toBe(status);
});
