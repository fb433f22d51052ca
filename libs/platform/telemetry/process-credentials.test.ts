import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { processCredentials } from './process-credentials.ts';

const NONE = {
  accessKeyId: undefined,
  secretAccessKey: undefined,
  sessionToken: undefined,
  taskPath: undefined,
};
const EXPIRES = Date.parse('2026-12-01T12:00:00Z');
let asked: string[] = [];
const ecs = createServer(({ url = '' }, response) => {
  asked.push(url);
  response.end(
    JSON.stringify({
      AccessKeyId: `key-${asked.length}`,
      SecretAccessKey: 'secret',
      Token: 'token',
      Expiration: new Date(EXPIRES).toISOString(),
    }),
  );
});
beforeAll(() => new Promise<void>((resolve) => void ecs.listen(0, '127.0.0.1', resolve)));
afterAll(() => void ecs.close());

it("are a function's variables", async () => {
  const read = processCredentials({
    ...NONE,
    accessKeyId: 'key',
    secretAccessKey: 'secret',
    sessionToken: 'token',
  });
  expect(await read()).toEqual({
    accessKeyId: 'key',
    secretAccessKey: 'secret',
    sessionToken: 'token',
  });
});

it("are ECS's answer to a task, until five minutes before they expire", async () => {
  asked = [];
  let nowMs = EXPIRES - 3_600_000;
  const { port } = ecs.address() as AddressInfo;
  const read = processCredentials(
    { ...NONE, taskPath: '/v2/credentials/1' },
    { taskEndpoint: `http://127.0.0.1:${port}`, now: () => nowMs },
  );
  expect(await read()).toMatchObject({ accessKeyId: 'key-1', sessionToken: 'token' });
  nowMs = EXPIRES - 300_001;
  expect(await read()).toMatchObject({ accessKeyId: 'key-1' });
  nowMs = EXPIRES - 300_000;
  expect(await read()).toMatchObject({ accessKeyId: 'key-2' });
  expect(asked).toEqual(['/v2/credentials/1', '/v2/credentials/1']);
});

it('are missing elsewhere', async () => {
  await expect(processCredentials(NONE)()).rejects.toThrow('no credentials');
});
