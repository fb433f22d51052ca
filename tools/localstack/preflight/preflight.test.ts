import { describe, expect, it } from 'vitest';
import { askLocalStack, isOlder } from './ask-localstack.ts';
import { checkContainer, judge } from './check-container.ts';
import { explainNoAnswer } from './explain-no-answer.ts';
import { checksSignatures } from './probe-signatures.ts';

const here = 'http://localhost:4566';
const answering =
  (info: object, status = 200) =>
  async () => ({ status, text: JSON.stringify(info) });
const info = { version: '4.14.0', edition: 'community', system: 'Debian,6.1,x86_64' };

describe('the LocalStack at an address', () => {
  it('reports its version and processor architecture', async () => {
    const arm = { ...info, system: 'Debian,6.1,aarch64' };
    expect(await askLocalStack(here, answering(info))).toMatchObject({
      version: '4.14.0',
      architecture: 'x86_64',
    });
    expect((await askLocalStack(here, answering(arm)))?.architecture).toBe('arm64');
  });

  it('is undefined if nothing answers', async () => {
    expect(await askLocalStack(here, async () => undefined)).toBeUndefined();
  });

  it('is rejected if another server answers', async () => {
    const other = async () => ({ status: 404, text: '<html>' });
    await expect(askLocalStack(here, other)).rejects.toThrow('is not LocalStack');
    await expect(askLocalStack(here, answering({}))).rejects.toThrow('is not LocalStack');
  });

  it('is rejected if it is too old; newer releases are numbered by year', async () => {
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
  ])('names the most basic cause: %j', async (answers, line) => {
    const why = await explainNoAnswer(here, docker(answers as Record<string, string>));
    expect(why).toContain(line);
    expect(why).not.toContain('\n');
  });

  it('does not ask Docker if the URL is on another machine', async () => {
    expect(await explainNoAnswer('http://build.example:4566', docker({}))).toContain(
      'start it there',
    );
  });
});

describe('the container of LocalStack', () => {
  const socket = { Destination: '/var/run/docker.sock' };
  const strict = [
    'LAMBDA_EVENT_SOURCE_MAPPING_MAX_BACKOFF_ON_EMPTY_POLL_SEC=1',
    'LAMBDA_EVENT_SOURCE_MAPPING_POLL_INTERVAL_SEC=0.25',
    'PROVIDER_OVERRIDE_DYNAMODB=v2',
  ];

  it('needs access to Docker for its functions', () => {
    expect(() => judge({ Mounts: [], Config: { Env: strict } })).toThrow('/var/run/docker.sock');
    expect(judge({ Config: { Env: [...strict, 'DOCKER_HOST=tcp://docker:2375'] } })).toEqual([]);
  });

  it('gets a warning for each setting that makes it less strict or slower than AWS', () => {
    expect(judge({ Mounts: [socket], Config: { Env: strict } })).toEqual([]);
    expect(judge({ Mounts: [socket], Config: { Env: strict.slice(1) } })).toEqual([
      'without LAMBDA_EVENT_SOURCE_MAPPING_MAX_BACKOFF_ON_EMPTY_POLL_SEC=1, idle queues are polled every 10 s',
    ]);
    expect(judge({ Mounts: [socket], Config: { Env: null } })).toHaveLength(3);
  });

  it('is found by its port; without Docker there are no warnings', async () => {
    const asked: string[] = [];
    const ask = async (args: readonly string[]) => {
      asked.push(args.join(' '));
      return args[0] === 'ps'
        ? 'abc\ndef'
        : JSON.stringify([{ Mounts: [socket], Config: { Env: strict } }]);
    };
    expect(await checkContainer('4566', ask)).toEqual([]);
    expect(asked).toEqual(['ps --no-trunc --quiet --filter publish=4566', 'inspect abc']);
    expect(await checkContainer('4566', async () => undefined)).toEqual([]);
  });
});

it('a forged presigned URL shows whether signatures are checked', async () => {
  expect(await checksSignatures(here, async () => ({ status: 403 }))).toBe(true);
  expect(await checksSignatures(here, async () => ({ status: 404 }))).toBe(false);
});
