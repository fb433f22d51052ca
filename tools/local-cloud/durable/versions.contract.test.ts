import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  GetDurableExecutionHistoryCommand,
  InvokeCommand,
  SendDurableExecutionCallbackSuccessCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually, STACK } from '../lambda/testing/compute-cloud.ts';
import { type DurableCloud, durableCloud } from './testing/durable-cloud.ts';

let durable: DurableCloud;
beforeAll(async () => {
  durable = await durableCloud();
});
afterAll(() => durable.stop());

/** Waits for a callback after its first step, and then runs a step named after the code. */
const codeOf = (letter: string) => `async (event, context) => {
  await context.step('begin-${letter}', async () => '${letter}');
  await context.waitForCallback('reply', async (id) => {
    (await import('node:fs')).writeFileSync(event.file, id);
  }, { timeout: { minutes: 5 } });
  return context.step('end-${letter}', async () => '${letter}');
}`;

/** Creates the function with its first code, a version of it and the alias `live`. */
async function released(logicalId: string): Promise<string> {
  const { cloud } = durable;
  const FunctionName = await durable.durable(logicalId, codeOf('a'));
  const version = await cloud.create('AWS::Lambda::Version', `${logicalId}V`, { FunctionName });
  await cloud.create('AWS::Lambda::Alias', `${logicalId}Live`, {
    ...{ FunctionName, Name: 'live', FunctionVersion: version.attributes?.Version },
  });
  return FunctionName;
}

/** Writes the second code, as a build does, and deploys it. */
function deploy(logicalId: string): void {
  const source = durable.sourceOf(codeOf('b'));
  writeFileSync(join(durable.cloud.kernel.root, 'dist', logicalId, 'index.mjs'), source);
  durable.cloud.lambda.restart(STACK);
}

/** Starts an execution, and waits until it waits for its callback. */
async function waiting(FunctionName: string, Qualifier: string, name: string) {
  const file = join(durable.cloud.kernel.root, `callback-${name}`);
  const { DurableExecutionArn: arn = '' } = await durable.client.send(
    new InvokeCommand({
      ...{ FunctionName, Qualifier, InvocationType: 'Event', DurableExecutionName: name },
      Payload: JSON.stringify({ file }),
    }),
  );
  await eventually(() => existsSync(file));
  return { arn, file };
}

async function resumed({ arn, file }: { arn: string; file: string }) {
  const CallbackId = await eventually(() => readFileSync(file, 'utf8') || undefined);
  const Result = Buffer.from('1');
  await durable.client.send(new SendDurableExecutionCallbackSuccessCommand({ CallbackId, Result }));
  return durable.ended(arn);
}

it('an execution stays on the version on which it started; the next one starts on the new version', async () => {
  const name = await released('Pinned');
  const before = await waiting(name, 'live', 'before');
  expect(before.arn).toContain(`:function:${name}:1/durable-execution/before/`);
  deploy('Pinned');
  const after = await waiting(name, 'live', 'after');
  expect(after.arn).toContain(`:function:${name}:2/durable-execution/after/`);
  expect(await resumed(before)).toMatchObject({ Status: 'SUCCEEDED', Result: '"a"' });
  expect(await resumed(after)).toMatchObject({ Status: 'SUCCEEDED', Result: '"b"' });
});

it('a deployment of the same code publishes no version', async () => {
  const name = await released('Same');
  durable.cloud.lambda.restart(STACK);
  const { arn } = await waiting(name, 'live', 'same');
  expect(arn).toContain(`:function:${name}:1/`);
});

it('an execution of $LATEST meets the new code, and fails at a step that was renamed', async () => {
  const name = await released('Latest');
  const started = await waiting(name, '$LATEST', 'unpinned');
  deploy('Latest');
  // An invocation of the old code that still runs would take the callback itself.
  durable.cloud.lambda.kill(name);
  const execution = await resumed(started);
  expect(execution.Status).toBe('FAILED');
  const { Events = [] } = await durable.client.send(
    new GetDurableExecutionHistoryCommand({ DurableExecutionArn: started.arn }),
  );
  expect(Events.some(({ Name }) => Name === 'end-b')).toBe(false);
});
