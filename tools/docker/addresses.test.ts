import { expect, it } from 'vitest';
import { composeAddresses } from './addresses.ts';
import type { Docker } from './compose.ts';

const saying =
  (answer: (args: readonly string[]) => string, asked: string[] = []): Docker =>
  async (args) => {
    asked.push(args.join(' '));
    return { code: 0, stdout: answer(args), stderr: '', timedOut: false };
  };

it('uses the ports that compose publishes', async () => {
  const asked: string[] = [];
  const published = (args: readonly string[]) => `127.0.0.1:1${args.at(-1)}`;
  expect(await composeAddresses('mine', saying(published, asked))).toEqual({
    endpointUrl: 'http://127.0.0.1:14566',
    baseUrl: {
      microservices: 'http://127.0.0.1:14001',
      serverless: 'http://127.0.0.1:14002',
      hybrid: 'http://127.0.0.1:14003',
    },
  });
  expect(asked[0]).toBe('compose --project-name mine port localstack 4566');
});

it('leaves the project name to compose when none is passed', async () => {
  const asked: string[] = [];
  await composeAddresses(
    undefined,
    saying(() => '127.0.0.1:5000', asked),
  );
  expect(asked).toContain('compose port edge 4003');
});

it.each(['', ':0'])(
  'rejects a project that is not running (%j) and says what to do',
  async (answer) => {
    await expect(
      composeAddresses(
        undefined,
        saying(() => answer),
      ),
    ).rejects.toThrow('localstack is not running: start it first');
  },
);
