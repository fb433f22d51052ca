import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  GetDurableExecutionCommand,
  InvokeCommand,
  ListDurableExecutionsByFunctionCommand,
  SendDurableExecutionCallbackFailureCommand,
  SendDurableExecutionCallbackHeartbeatCommand,
  SendDurableExecutionCallbackSuccessCommand,
  StopDurableExecutionCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../lambda/testing/compute-cloud.ts';
import { type DurableCloud, durableCloud } from './testing/durable-cloud.ts';

let durable: DurableCloud;
beforeAll(async () => {
  durable = await durableCloud();
});
afterAll(() => durable.stop());

/** The lines that a function has logged, in order. */
function logOf(logicalId: string): string[] {
  try {
    const file = join(durable.cloud.kernel.root, 'dist', logicalId, 'log.txt');
    return readFileSync(file, 'utf8').trim().split('\n');
  } catch {
    return [];
  }
}

/** The first callback id that a function has logged as `callback <id>`. */
const callbackOf = (logicalId: string) =>
  eventually(() =>
    logOf(logicalId)
      .find((line) => line.startsWith('callback '))
      ?.slice('callback '.length),
  );

describe('a durable function', () => {
  it('runs each step once and returns its result to a synchronous caller', async () => {
    const name = await durable.durable(
      'Steps',
      `async (event, context, log) => {
        const one = await context.step('one', async () => { log('one'); return event.n + 1; });
        await context.wait('pause', { seconds: 1 });
        return context.step('two', async () => { log('two'); return one * 10; });
      }`,
    );
    const command = { FunctionName: name, Qualifier: '$LATEST', Payload: '{"n":1}' };
    const { Payload, DurableExecutionArn } = await durable.client.send(new InvokeCommand(command));
    expect(Buffer.from(Payload ?? []).toString()).toBe('20');
    expect(DurableExecutionArn).toMatch(
      new RegExp(`:function:${name}:\\$LATEST/durable-execution/[\\w-]+/[\\w-]+$`),
    );
    expect(logOf('Steps')).toEqual(['one', 'two']);
  });

  it('repeats a step with the delays of its strategy', async () => {
    const name = await durable.durable(
      'Retries',
      `(event, context, log) => context.step('flaky', async ({}) => {
        log('try');
        if (event.failures > 0 && (await import('node:fs')).readFileSync('log.txt', 'utf8').split('try').length - 1 <= event.failures) throw new Error('not yet');
        return 'done';
      }, { retryStrategy: (error, attempt) => ({ shouldRetry: attempt < 5, delay: { seconds: 1 } }) })`,
    );
    const execution = await durable.ended(await durable.start(name, { failures: 2 }));
    expect(execution).toMatchObject({ Status: 'SUCCEEDED', Result: '"done"' });
    expect(logOf('Retries')).toEqual(['try', 'try', 'try']);
  });

  it('fails when a step fails for the last time', async () => {
    const name = await durable.durable(
      'Fails',
      `(event, context) => context.step('never', async () => { throw new TypeError('broken'); },
        { retryStrategy: () => ({ shouldRetry: false }) })`,
    );
    const execution = await durable.ended(await durable.start(name, {}));
    expect(execution).toMatchObject({ Status: 'FAILED', Error: { ErrorMessage: 'broken' } });
  });

  it('starts one execution per name, and rejects another payload', async () => {
    const name = await durable.durable('Named', 'async (event) => event.n');
    const first = await durable.start(name, { n: 1 }, 'order-1');
    expect(await durable.start(name, { n: 1 }, 'order-1')).toBe(first);
    await durable.ended(first);
    expect(await durable.start(name, { n: 1 }, 'order-1')).toBe(first);
    await expect(durable.start(name, { n: 2 }, 'order-1')).rejects.toMatchObject({
      name: 'DurableExecutionAlreadyStartedException',
    });
  });

  it('is invoked only with a version', async () => {
    const name = await durable.durable('Qualified', 'async () => 1');
    const unqualified = durable.client.send(new InvokeCommand({ FunctionName: name }));
    await expect(unqualified).rejects.toThrow(
      'You cannot invoke a durable function using an unqualified ARN.',
    );
  });

  it('is invoked again after its process is killed, and replays the finished steps', async () => {
    const name = await durable.durable(
      'Killed',
      `async (event, context, log) => {
        await context.step('one', async () => log('one'));
        return context.step('two', async () => {
          log('two');
          const tries = (await import('node:fs')).readFileSync('log.txt', 'utf8').split('two').length - 1;
          if (tries === 1) process.kill(process.pid, 'SIGKILL');
          return tries;
        });
      }`,
    );
    const execution = await durable.ended(await durable.start(name, {}));
    expect(execution).toMatchObject({ Status: 'SUCCEEDED', Result: '2' });
    expect(logOf('Killed')).toEqual(['one', 'two', 'two']);
  });

  it('applies a checkpoint once when its response is lost and the client repeats it', async () => {
    const name = await durable.durable(
      'Lossy',
      `async (event, context, log) => {
        for (let n = 0; n < 5; n += 1) await context.step('step-' + n, async () => log('step ' + n));
        return 'done';
      }`,
    );
    const arn = await durable.start(name, {});
    // Only the function calls the endpoint until it has finished its work.
    durable.cloud.kernel.misbehaviour.dropAnswers = 0.1;
    try {
      await eventually(() => logOf('Lossy').length >= 5);
    } finally {
      durable.cloud.kernel.misbehaviour.dropAnswers = 0;
    }
    const execution = await durable.ended(arn);
    expect(execution).toMatchObject({ Status: 'SUCCEEDED' });
    expect(logOf('Lossy')).toEqual([0, 1, 2, 3, 4].map((n) => `step ${n}`));
  });
});

describe('a callback', () => {
  const waits = (options = '{ timeout: { minutes: 5 } }') =>
    `(event, context, log) => context.waitForCallback('reply', async (id) => log('callback ' + id), ${options})`;

  it('resumes the function with its result', async () => {
    const name = await durable.durable('Resumed', waits());
    const arn = await durable.start(name, {});
    const CallbackId = await callbackOf('Resumed');
    const Result = Buffer.from('{"paid":true}');
    await durable.client.send(
      new SendDurableExecutionCallbackSuccessCommand({ CallbackId, Result }),
    );
    // The result of waitForCallback is the raw text.
    const text = JSON.stringify('{"paid":true}');
    expect(await durable.ended(arn)).toMatchObject({ Status: 'SUCCEEDED', Result: text });
    const again = durable.client.send(
      new SendDurableExecutionCallbackSuccessCommand({ CallbackId }),
    );
    await expect(again).rejects.toMatchObject({ name: 'CallbackTimeoutException' });
  });

  it('fails the function with its error', async () => {
    const name = await durable.durable('Refused', waits());
    const arn = await durable.start(name, {});
    const CallbackId = await callbackOf('Refused');
    const error = { ErrorType: 'Declined', ErrorMessage: 'no money' };
    await durable.client.send(
      new SendDurableExecutionCallbackFailureCommand({ CallbackId, Error: error }),
    );
    expect(await durable.ended(arn)).toMatchObject({ Status: 'FAILED' });
  });

  it('times out, also without a heartbeat', async () => {
    const timeouts = ['{ timeout: { seconds: 1 } }', '{ heartbeatTimeout: { seconds: 1 } }'];
    for (const [index, options] of timeouts.entries()) {
      const name = await durable.durable(`Late${index}`, waits(options));
      const execution = await durable.ended(await durable.start(name, {}));
      expect(execution).toMatchObject({ Status: 'FAILED' });
      expect(execution.Error?.ErrorMessage).toContain('timed out');
    }
  });

  it('accepts a heartbeat while it waits', async () => {
    const name = await durable.durable('Beating', waits('{ heartbeatTimeout: { seconds: 60 } }'));
    const arn = await durable.start(name, {});
    const CallbackId = await callbackOf('Beating');
    const beat = new SendDurableExecutionCallbackHeartbeatCommand({ CallbackId });
    await durable.client.send(beat);
    await durable.client.send(
      new SendDurableExecutionCallbackSuccessCommand({ CallbackId, Result: Buffer.from('1') }),
    );
    expect(await durable.ended(arn)).toMatchObject({ Status: 'SUCCEEDED' });
    await expect(durable.client.send(beat)).rejects.toMatchObject({
      name: 'CallbackTimeoutException',
    });
  });

  it('is not found under an unknown id', async () => {
    const unknown = new SendDurableExecutionCallbackSuccessCommand({ CallbackId: 'bm90aGluZw==' });
    await expect(durable.client.send(unknown)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});

describe('an operator', () => {
  it('lists the executions by status and name, and stops one', async () => {
    const name = await durable.durable(
      'Listed',
      `async (event, context) => { await context.wait('long', { days: 40 }); return event; }`,
    );
    const arn = await durable.start(name, { order: 7 }, 'order-7');
    await durable.start(name, {}, 'order-8');
    const list = async (filter: { Statuses?: ['RUNNING']; DurableExecutionName?: string }) => {
      const { DurableExecutions = [] } = await durable.client.send(
        new ListDurableExecutionsByFunctionCommand({ FunctionName: name, ...filter }),
      );
      return DurableExecutions.map((one) => one.DurableExecutionName);
    };
    expect(await list({ Statuses: ['RUNNING'] })).toEqual(['order-7', 'order-8']);
    expect(await list({ DurableExecutionName: 'order-7' })).toEqual(['order-7']);
    const error = { ErrorType: 'Operator', ErrorMessage: 'stuck' };
    await durable.client.send(
      new StopDurableExecutionCommand({ DurableExecutionArn: arn, Error: error }),
    );
    expect(await list({ Statuses: ['RUNNING'] })).toEqual(['order-8']);
    const get = new GetDurableExecutionCommand({ DurableExecutionArn: arn });
    expect(await durable.client.send(get)).toMatchObject({
      Status: 'STOPPED',
      InputPayload: '{"order":7}',
      Error: error,
    });
  });
});

it('counts what AWS bills: the operations of the executions', async () => {
  const name = await durable.durable(
    'Billed',
    `async (event, context) => { await context.step('a', async () => 1); return context.step('b', async () => 2); }`,
  );
  await durable.ended(await durable.start(name, {}));
  const rows = durable.cloud.kernel.operations.list();
  const amounts = rows
    .filter((row) => row.resource === 'Billed')
    .find((row) => row.operation === 'CheckpointDurableExecution')?.amounts;
  expect(amounts?.durableOperations).toBe(2);
});
