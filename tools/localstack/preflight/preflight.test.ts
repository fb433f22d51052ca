import { describe, expect, it } from 'vitest';
import { askLocalStack, isOlder } from './ask-localstack.ts';
import { judge, lookAtContainer } from './check-container.ts';
import { checksSignatures } from './probe-signatures.ts';
import { whyNoAnswer } from './explain-no-answer.ts';

const here = 'http://localhost:4566';
const answering =
  (info: object, status = 200) =>
  async () => ({ status, text: JSON.stringify(info) });
const info = { version: '4.14.0', edition: 'community', system: 'Debian,6.1,x86_64' };

describe('the LocalStack at an address', () => {
  it('says its version and the processor it runs on', async () => {
    const arm = { ...info, system: 'Debian,6.1,aarch64' };
    expect(await askLocalStack(here, answering(info))).toMatchObject({
      version: '4.14.0',
      architecture: 'x86_64',
    });
    expect((await askLocalStack(here, answering(arm)))?.architecture).toBe('arm64');
  });

  it('is not there when nothing answers', async () => {
    expect(await askLocalStack(here, async () => undefined)).toBeUndefined();
  });

  it('may be something else', async () => {
    const other = async () => ({ status: 404, text: '<html>' });
    await expect(askLocalStack(here, other)).rejects.toThrow('is not LocalStack');
    await expect(askLocalStack(here, answering({}))).rejects.toThrow('is not LocalStack');
  });

  it('may be too old; the newer ones count by year', async () => {
    const old = answering({ ...info, version: '4.9.2' });
    await expect(askLocalStack(here, old)).rejects.toThrow('4.14.0 or newer');
    expect(
      ['4.13.9', '4.14.0', '4.14.1.dev2', '2026.3.0'].map((one) => isOlder(one, '4.14.0')),
    ).toEqual([true, false, false, false]);
  });
});

describe('why no LocalStack answers', () => {
  const docker = (answers: Record<string, string>) => async (args: readonly string[]) =>
    answers[args[0] ?? ''];

  it.each([
    [{}, 'Docker is not installed'],
    [{ '--version': 'Docker 28' }, "Docker's engine does not answer"],
    [{ '--version': 'Docker 28', version: '28' }, 'start it with `docker run -d'],
  ])('the nearest cause: %j', async (answers, line) => {
    const why = await whyNoAnswer(here, docker(answers as Record<string, string>));
    expect(why).toContain(line);
    expect(why).not.toContain('\n');
  });

  it('is not asked of this machine when the address is another one', async () => {
    expect(await whyNoAnswer('http://build.example:4566', docker({}))).toContain('start it there');
  });
});

describe('the container of LocalStack', () => {
  const socket = { Destination: '/var/run/docker.sock' };
  const strict = [
    'LAMBDA_EVENT_SOURCE_MAPPING_MAX_BACKOFF_ON_EMPTY_POLL_SEC=1',
    'LAMBDA_EVENT_SOURCE_MAPPING_POLL_INTERVAL_SEC=0.25',
    'PROVIDER_OVERRIDE_DYNAMODB=v2',
  ];

  it('needs a way to Docker for its functions', () => {
    expect(() => judge({ Mounts: [], Config: { Env: strict } })).toThrow('/var/run/docker.sock');
    expect(judge({ Config: { Env: [...strict, 'DOCKER_HOST=tcp://docker:2375'] } })).toEqual([]);
  });

  it('gets a line for each setting that makes it laxer or slower than AWS', () => {
    expect(judge({ Mounts: [socket], Config: { Env: strict } })).toEqual([]);
    expect(judge({ Mounts: [socket], Config: { Env: strict.slice(1) } })).toEqual([
      'without LAMBDA_EVENT_SOURCE_MAPPING_MAX_BACKOFF_ON_EMPTY_POLL_SEC=1 idle queues are polled every 10 s',
    ]);
    expect(judge({ Mounts: [socket], Config: { Env: null } })).toHaveLength(3);
  });

  it('is found by its port; where Docker cannot be asked nothing is said', async () => {
    const asked: string[] = [];
    const ask = async (args: readonly string[]) => {
      asked.push(args.join(' '));
      return args[0] === 'ps'
        ? 'abc\ndef'
        : JSON.stringify([{ Mounts: [socket], Config: { Env: strict } }]);
    };
    expect(await lookAtContainer('4566', ask)).toEqual([]);
    expect(asked).toEqual(['ps --no-trunc --quiet --filter publish=4566', 'inspect abc']);
    expect(await lookAtContainer('4566', async () => undefined)).toEqual([]);
  });
});

it('a forged presigned URL tells whether signatures are checked', async () => {
  expect(await checksSignatures(here, async () => ({ status: 403 }))).toBe(true);
  expect(await checksSignatures(here, async () => ({ status: 404 }))).toBe(false);
});
