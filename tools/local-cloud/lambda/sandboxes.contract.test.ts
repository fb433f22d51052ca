import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ComputeCloud, computeCloud, eventually, invoke } from './testing/compute-cloud.ts';
import { gateIn } from './testing/gate.ts';

let cloud: ComputeCloud;
beforeAll(() => {
  cloud = computeCloud();
});
afterAll(() => cloud.stop());

const echo = `let served = 0;
export const http = async (event, context) => ({
  event, served: ++served, pid: process.pid, cwd: process.cwd(), name: context.functionName,
  left: context.getRemainingTimeInMillis(), env: process.env });`;
const sleeper = `export const http = async ({ ms }) => {
  await new Promise((resolve) => setTimeout(resolve, ms));
  return process.pid;
};`;

describe('sandboxes', () => {
  it('starts a process for the first invocation and reuses it for the next', async () => {
    const name = await cloud.function('Echo', echo, { Environment: { Variables: { A: '1' } } });
    const first = await invoke(cloud, name, { hello: 'world' });
    const second = await invoke(cloud, name);
    expect(first).toMatchObject({ cold: true, answer: { event: { hello: 'world' }, served: 1 } });
    expect(second).toMatchObject({ cold: false, answer: { served: 2, pid: first.answer.pid } });
    expect(first.answer.cwd).toContain(join('dist', 'Echo'));
    expect(first.answer.left).toBeGreaterThan(5000);
    expect(first.answer.env).toMatchObject({
      A: '1',
      AWS_LAMBDA_FUNCTION_NAME: name,
      _HANDLER: 'index.http',
      AWS_REGION: 'us-east-1',
    });
    expect(first.answer.env).not.toHaveProperty('HOME');
    const lines = cloud.logs.filter(({ source }) => source === 'Echo').map(({ text }) => text);
    expect(lines[0]).toMatch(/^REPORT RequestId: .*Init Duration/);
    expect(lines[1]).not.toContain('Init Duration');
  });

  it('runs concurrent invocations in separate sandboxes, up to the maximum', async () => {
    const gate = gateIn(cloud);
    const name = await cloud.function('Wide', gate.source('process.pid'), {
      ReservedConcurrentExecutions: 3,
    });
    const running = Array.from({ length: 6 }, () => invoke(cloud, name, gate.closed));
    await eventually(() => gate.waiting() === 3);
    gate.open();
    const results = await Promise.all(running);
    expect(new Set(results.map(({ answer }) => answer)).size).toBe(3);
    expect(cloud.lambda.processes().filter(({ source }) => source === 'Wide')).toHaveLength(3);
  });

  it('starts no more sandboxes than the limit of the local cloud', async () => {
    const name = await cloud.function('Bounded', sleeper);
    cloud.kernel.sandboxes.maxSandboxes = 1;
    const results = await Promise.all([1, 2].map(() => invoke(cloud, name, { ms: 50 })));
    cloud.kernel.sandboxes.maxSandboxes = 10;
    expect(new Set(results.map(({ answer }) => answer)).size).toBe(1);
  });

  it('does not start a second sandbox for sequential invocations', async () => {
    const name = await cloud.function('Narrow', sleeper);
    const pids = new Set<number>();
    for (let i = 0; i < 200; i += 1) pids.add((await invoke(cloud, name, { ms: 0 })).answer);
    expect(pids.size).toBe(1);
  });

  it.runIf(process.platform === 'linux')('is frozen between invocations', async () => {
    const name = await cloud.function(
      'Ticking',
      `let ticks = 0; setInterval(() => { ticks += 1; }, 1);
      export const http = async () => ({ ticks, pid: process.pid });`,
    );
    const { answer: before } = await invoke(cloud, name);
    // T: stopped (proc(5)).
    const state = () => readFileSync(`/proc/${before.pid}/stat`, 'latin1').split(') ')[1]?.[0];
    await eventually(() => state() === 'T');
    const { answer: after } = await invoke(cloud, name);
    expect(after.pid).toBe(before.pid);
    await eventually(async () => (await invoke(cloud, name)).answer.ticks > before.ticks);
  });

  it('ends a sandbox after the idle timeout', async () => {
    const name = await cloud.function('Forgotten', sleeper);
    await invoke(cloud, name, { ms: 0 });
    const running = () => cloud.lambda.processes().some(({ source }) => source === 'Forgotten');
    expect(running()).toBe(true);
    cloud.kernel.sandboxes.idleTimeoutMs = 10;
    await eventually(() => !running());
    cloud.kernel.sandboxes.idleTimeoutMs = 300_000;
    expect(await invoke(cloud, name, { ms: 0 })).toMatchObject({ cold: true });
  });

  it('kills the sandbox at the timeout and starts another for the next invocation', async () => {
    const name = await cloud.function('Slow', sleeper, { Timeout: 1 });
    const late = await invoke(cloud, name, { ms: 5000 });
    expect(late.functionError).toBe('Unhandled');
    expect(late.answer.errorMessage).toMatch(/Task timed out after 1.00 seconds/);
    expect(await invoke(cloud, name, { ms: 1 })).toMatchObject({ cold: true });
  });

  it('returns the error of a function that throws, and reuses the process', async () => {
    const name = await cloud.function(
      'Throwing',
      `export const http = async ({ bad }) => { if (bad) throw new TypeError('bad'); return 1; };`,
    );
    const { functionError, answer } = await invoke(cloud, name, { bad: true });
    expect(functionError).toBe('Unhandled');
    expect(answer).toMatchObject({ errorType: 'TypeError', errorMessage: 'bad' });
    expect(await invoke(cloud, name)).toEqual({ cold: false, answer: 1 });
  });

  it('returns Runtime.ExitError when the process exits', async () => {
    const name = await cloud.function(
      'Exiting',
      'export const http = async ({ code }) => (code ? process.exit(code) : 1);',
    );
    const { functionError, answer } = await invoke(cloud, name, { code: 7 });
    expect(functionError).toBe('Unhandled');
    expect(answer.errorType).toBe('Runtime.ExitError');
    expect(answer.errorMessage).toContain('exit status 7');
    expect((await invoke(cloud, name)).answer).toBe(1);
  });

  it('fails the invocation when an error is thrown outside the handler', async () => {
    const name = await cloud.function(
      'Stray',
      `const stray = () => { throw new Error('stray'); };
      export const http = () => new Promise(() => { setTimeout(stray); });`,
    );
    expect((await invoke(cloud, name)).answer.errorMessage).toBe('stray');
  });

  it.each([
    ['a missing export', 'export const other = 1;', 'Runtime.HandlerNotFound'],
    [
      'a callback',
      'export const http = (e, c, done) => done();',
      'Runtime.CallbackHandlerDeprecated',
    ],
    ['an error while loading', `throw new RangeError('at load');`, 'RangeError'],
  ])('rejects %s at init', async (what, source, errorType) => {
    const name = await cloud.function(`Init${what.length}`, source);
    const { functionError, answer } = await invoke(cloud, name);
    expect({ functionError, type: answer.errorType }).toEqual({
      functionError: 'Unhandled',
      type: errorType,
    });
    const lines = cloud.logs.filter(({ source }) => source === `Init${what.length}`);
    const report = /^INIT_REPORT Init Duration: [\d.]+ ms\tPhase: init\tStatus: error/;
    expect(lines.map(({ text }) => text)).toContainEqual(expect.stringMatching(report));
  });

  it('rejects requests and answers that exceed the size limits of Lambda', async () => {
    const name = await cloud.function(
      'Large',
      `export const http = async ({ size }) => 'x'.repeat(size);`,
    );
    const { answer } = await invoke(cloud, name, { size: 6_300_000 });
    expect(answer.errorType).toBe('Function.ResponseSizeTooLarge');
    expect((await invoke(cloud, name, { size: 6_000_000 })).answer).toHaveLength(6_000_000);
    const huge = invoke(cloud, name, { size: 1, padding: 'x'.repeat(6_300_000) });
    await expect(huge).rejects.toMatchObject({ code: 'RequestTooLargeException', status: 413 });
  });

  it('kill ends in-flight invocations, and later ones start a new sandbox', async () => {
    const name = await cloud.function('Killed', sleeper);
    const running = invoke(cloud, name, { ms: 60_000 });
    await eventually(() => cloud.lambda.processes().some(({ source }) => source === 'Killed'));
    await invoke(cloud, name, { ms: 0 });
    expect(cloud.lambda.kill(name)).toBeGreaterThan(0);
    expect((await running).answer.errorMessage).toContain('signal: killed');
    expect(await invoke(cloud, name, { ms: 1 })).toMatchObject({ cold: true });
  });

  it('restart reloads the artifact, and in-flight invocations finish', async () => {
    const [two, one] = [gateIn(cloud), gateIn(cloud)];
    const name = await cloud.function('Versioned', two.source('1'));
    // Start two sandboxes of the first version. Later one is busy and the other is idle.
    const both = [invoke(cloud, name, two.closed), invoke(cloud, name, two.closed)];
    await eventually(() => two.waiting() === 2);
    two.open();
    await Promise.all(both);
    const running = invoke(cloud, name, one.closed);
    await eventually(() => one.waiting() === 1);
    cloud.artifact('dist/Versioned', { 'index.mjs': two.source('2') });
    cloud.lambda.restart('another-stack');
    expect((await invoke(cloud, name)).answer).toBe(1);
    cloud.lambda.restart('triptych-test');
    expect(await invoke(cloud, name)).toEqual({ cold: true, answer: 2 });
    one.open();
    expect((await running).answer).toBe(1);
    const after = await Promise.all([1, 2, 3].map(() => invoke(cloud, name)));
    expect(after.map(({ answer }) => answer)).toEqual([2, 2, 2]);
  });

  it('logs what the function prints, line by line, with its origin', async () => {
    const name = await cloud.function(
      'Chatty',
      `export const http = async () => { console.log('one\\ntwo'); console.error('three'); };`,
    );
    await invoke(cloud, name);
    const texts = (): string[] =>
      cloud.logs.filter(({ source, pid }) => source === 'Chatty' && pid).map(({ text }) => text);
    const written = ['one', 'two', 'three'];
    await eventually(() => written.every((text) => texts().includes(text)));
  });
});
