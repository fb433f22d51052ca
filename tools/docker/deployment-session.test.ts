import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test, vi } from 'vitest';
import {
  askSession,
  type SessionAnswer,
  type Settings,
  waitForSettings,
  watchSettings,
} from './deployment-session.mjs';

const at = (session: string | undefined, text = session ?? ''): Settings => ({
  endpoint: 'http://localstack:4566',
  session,
  text,
});
/** Answers in turn; the last answer repeats. */
const turns = <T>(...values: readonly T[]) => {
  const left = [...values];
  return () => (left.length > 1 ? (left.shift() as T) : (left[0] as T));
};
const asking = (...answers: readonly SessionAnswer[]) => {
  const next = turns(...answers);
  return async () => next();
};
const quick = { pauseMs: 1 };

test('a service waits until its settings belong to the running LocalStack', async () => {
  const read = turns(undefined, at('old'), at('old'), at('new'));
  const ask = asking({ gone: true }, { session: 'new', gone: false });
  const said: string[] = [];
  const say = (message: string) => void said.push(message);
  expect(await waitForSettings(read, { ask, say, ...quick })).toEqual(at('new'));
  expect(said).toEqual([expect.stringContaining('docker compose up')]);
});

test('settings without a session are used at once', async () => {
  const ask = asking({ gone: true });
  expect(await waitForSettings(() => at(undefined), { ask, ...quick })).toEqual(at(undefined));
});

test('the wait ends, so that the container can restart', async () => {
  const ask = asking({ session: 'new', gone: false });
  expect(await waitForSettings(() => at('old'), { ask, ...quick, limitMs: 5 })).toBeUndefined();
});

const here = { session: 'one', gone: false };
const gone = { gone: true };
test.each<[string, SessionAnswer[], Settings[]]>([
  ['LocalStack has restarted', [here, { session: 'two', gone: false }], [at('one')]],
  ['LocalStack is gone', [here, gone], [at('one')]],
  ['the settings have changed', [here], [at('one'), at('one', 'more')]],
])('a running service learns that %s', async (reason, answers, settings) => {
  const lost = vi.fn();
  watchSettings(turns(...settings), at('one'), lost, { ask: asking(...answers), ...quick });
  await vi.waitFor(() => expect(lost).toHaveBeenCalledWith(reason), 20_000);
});

test('a LocalStack that answers late or is briefly unreachable is not gone', async () => {
  const lost = vi.fn();
  const ask = vi.fn(asking(gone, gone, { gone: false }, gone, gone, gone, gone, here));
  watchSettings(() => at('one'), at('one'), lost, { ask, ...quick });
  await vi.waitFor(() => expect(ask.mock.calls.length).toBeGreaterThan(12), 20_000);
  expect(lost).not.toHaveBeenCalled();
});

test('asks LocalStack for its session, and notices that nothing is there', async () => {
  const server = createServer((_request, response) => response.end('{"session_id":"s1"}'));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect(await askSession(url)).toEqual({ session: 's1', gone: false });
  await new Promise((done) => server.close(done));
  expect(await askSession(url)).toEqual({ gone: true });
});
