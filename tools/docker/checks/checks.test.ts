import { describe, expect, it } from 'vitest';
import type { Docker, Ended } from '../compose.ts';
import type { ComposeProject } from '../project.ts';
import { containersFrom, halfFinished } from './earlier-start.ts';
import { composeFault, engineFrom } from './engine.ts';
import { assertImages, imageFault, neededImages } from './images.ts';
import { memoryFault, memoryWarning } from './memory.ts';
import { portFault, wantedPorts } from './ports.ts';

const ended = (some: Partial<Ended>): Ended => ({
  code: 0,
  stdout: '',
  stderr: '',
  timedOut: false,
  ...some,
});
const info = (some: object) => ended({ stdout: JSON.stringify(some) });
const GIBIBYTE = 1024 ** 3;

const project: ComposeProject = {
  name: 'triptych',
  services: {
    localstack: {
      image: 'localstack/localstack:4.14.0',
      ports: [{ target: 4566, published: '4566' }],
    },
    edge: {
      build: { args: { NODE_IMAGE: 'node:24' } },
      ports: [
        { target: 4001, published: '4001' },
        { target: 4002, published: '14002' },
      ],
    },
    'hybrid-auth': { build: { args: { NODE_IMAGE: 'node:24' } } },
  },
};

describe("Docker's engine", () => {
  it.each<[string, Ended, string]>([
    [
      'is not installed',
      ended({ code: undefined, failure: 'ENOENT' }),
      'is not installed: install',
    ],
    [
      'hangs',
      ended({ code: undefined, timedOut: true }),
      'does not answer within 15 s: restart it',
    ],
    [
      'is not started',
      ended({
        code: 1,
        stderr: 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock.',
      }),
      'its engine does not answer: start it',
    ],
    [
      'is not started, as the client reports in its output',
      info({ ServerErrors: ['Cannot connect to the Docker daemon'] }),
      'its engine does not answer: start it',
    ],
    [
      'denies access to this user',
      info({
        ServerErrors: ['permission denied while trying to connect to the Docker daemon socket'],
      }),
      'add yourself to the group docker',
    ],
    ['is too old', info({ ServerVersion: '20.10.24' }), 'is 20.10.24, but 25.0.0 or newer'],
  ])('that %s is one line that says what to do', (_, answer, line) => {
    expect(() => engineFrom(answer)).toThrow(line);
  });

  it('reports its version, memory and processors', () => {
    const answer = info({ ServerVersion: '26.1.5+dfsg1', MemTotal: 8 * GIBIBYTE, NCPU: 4 });
    expect(engineFrom(answer)).toEqual({
      version: '26.1.5+dfsg1',
      memoryBytes: 8 * GIBIBYTE,
      cpus: 4,
    });
  });
});

describe('Docker Compose', () => {
  it.each<[string, Ended, string]>([
    [
      'missing',
      ended({ code: 1, stderr: "docker: 'compose' is not a docker command." }),
      'install',
    ],
    ['too old', ended({ stdout: 'v2.21.0' }), 'is 2.21.0, but 2.29.0 or newer'],
    ['hanging', ended({ code: undefined, timedOut: true }), 'does not answer'],
  ])('%s is one line', (_, answer, line) => {
    expect(composeFault(answer)).toContain(line);
  });

  it.each(['2.29.0', '2.40.3-3', 'v5.0.1'])('%s is new enough', (stdout) => {
    expect(composeFault(ended({ stdout }))).toBeUndefined();
  });
});

describe('memory', () => {
  it('is too little for three variants on a small machine, and the message offers one', () => {
    expect(memoryFault({ total: 3 * GIBIBYTE }, 3)).toMatch(/^Docker has 3\.0 GB .*--only hybrid/);
    expect(memoryFault({ total: 3 * GIBIBYTE }, 1)).toBeUndefined();
    expect(memoryFault({ total: 2 * GIBIBYTE }, 1)).not.toContain('--only');
    expect(memoryFault({ total: 8 * GIBIBYTE }, 3)).toBeUndefined();
  });

  it('in use by other programs is a warning, unless the engine runs on another machine', () => {
    const total = 8 * GIBIBYTE;
    expect(memoryWarning({ total, free: GIBIBYTE }, 3)).toContain('1.0 GB of memory is free');
    expect(memoryWarning({ total, free: 6 * GIBIBYTE }, 3)).toBeUndefined();
    expect(memoryWarning({ total }, 3)).toBeUndefined();
  });
});

describe('ports', () => {
  const wanted = wantedPorts(project);
  const nobody = { isTaken: async () => false, shopWith: async () => undefined };
  const taking = (port: number) => ({ ...nobody, isTaken: async (one: number) => one === port });
  const publishing =
    (line: string): Docker =>
    async () =>
      ended({ stdout: line });

  it('are those that compose publishes, with the settings that change them', () => {
    expect(wanted).toEqual([
      { port: 4566, setting: 'TRIPTYCH_PORT_LOCALSTACK' },
      { port: 4001, setting: 'TRIPTYCH_PORT_MICROSERVICES' },
      { port: 14002, setting: 'TRIPTYCH_PORT_SERVERLESS' },
    ]);
  });

  it('are fine if they are free or used by the project itself', async () => {
    expect(await portFault(wanted, 'triptych', publishing(''), nobody)).toBeUndefined();
    const own = publishing('triptych-edge-1\ttriptych');
    expect(await portFault(wanted, 'triptych', own, taking(4001))).toBeUndefined();
  });

  it.each([
    [
      'other-db-1\tother',
      'by container other-db-1 of compose project other: docker compose --project-name other down',
    ],
    ['localstack\t', 'by container localstack: docker stop localstack'],
    ['', ': stop the program that listens there'],
  ])('taken by %j are reported with the program that uses them', async (answer, line) => {
    const fault = await portFault(wanted, 'triptych', publishing(answer), taking(4001));
    expect(fault).toContain(`Port 4001 is taken${line.startsWith(':') ? '' : ' '}${line}`);
    expect(fault).toContain('TRIPTYCH_PORT_MICROSERVICES=14001');
  });

  it('taken by a shop of npm start are reported as such', async () => {
    const look = {
      ...taking(4001),
      shopWith: async () => ({ name: 'the shop of npm start (process 7)', stop: 'end it' }),
    };
    const fault = await portFault(wanted, 'triptych', publishing(''), look);
    expect(fault).toContain('by the shop of npm start (process 7): end it');
  });
});

describe('images', () => {
  const needed = neededImages(project);

  it('are the base image, those that compose does not build, and that of functions, each once', () => {
    expect(needed.map(({ image }) => image)).toEqual([
      'node:24',
      'localstack/localstack:4.14.0',
      'public.ecr.aws/lambda/nodejs:24',
    ]);
  });

  it('are pulled only if they are missing', async () => {
    const asked: string[] = [];
    const ask: Docker = async (args) => {
      asked.push(args.join(' '));
      return ended({ code: args[0] === 'image' && args.at(-1) === 'node:24' ? 1 : 0 });
    };
    expect(await assertImages(needed, ask, () => {})).toEqual(['node:24']);
    expect(asked.filter((one) => one.startsWith('pull'))).toEqual(['pull --quiet node:24']);
  });

  it('that cannot be pulled are reported in one line with the reason', async () => {
    const ask: Docker = async () =>
      ended({
        code: 1,
        stderr: 'Error response from daemon: Get "https://x/": dial tcp: lookup x: no such host',
      });
    await expect(assertImages(needed, ask, () => {})).rejects.toThrow(
      'The base image, node:24, is missing and cannot be pulled (the registry is unreachable): `docker load` it, or choose another with TRIPTYCH_NODE_IMAGE.',
    );
  });

  it.each([
    [undefined, 'takes longer than 10 min'],
    ['manifest for x:9 not found: manifest unknown', 'has no such image'],
    ['toomanyrequests: You have reached your pull rate limit', 'docker login'],
    ['write /x: no space left on device', 'the disk is full'],
    ['Error response from daemon: something else', 'something else'],
  ])('summarize the error %j', (said, words) => {
    expect(imageFault({ image: 'x:9', what: 'base image' }, said)).toContain(words);
  });
});

describe('an earlier start', () => {
  const running = (Service: string) => ({
    Service,
    State: 'running',
    Health: 'healthy',
    ExitCode: 0,
  });
  const deployed = { Service: 'deploy', State: 'exited', Health: '', ExitCode: 0 };
  const whole = [running('localstack'), deployed, running('edge')];
  const wanted = ['localstack', 'deploy', 'edge'];

  it('can be reused if everything runs', () => {
    expect(halfFinished(whole, wanted)).toBeUndefined();
    expect(halfFinished([], wanted)).toBeUndefined();
  });

  it.each([
    [[...whole.slice(0, 2), { ...running('edge'), State: 'exited' }], 'edge is exited'],
    [[...whole.slice(0, 2), { ...running('edge'), Health: 'unhealthy' }], 'edge is unhealthy'],
    [[whole[0], { ...deployed, ExitCode: 1 }, whole[2]], 'deploy failed (code 1)'],
    [[whole[0], { ...deployed, State: 'running' }, whole[2]], 'deploy is running'],
    [whole.slice(0, 2), 'edge missing'],
    [[...whole, running('hybrid-auth')], 'hybrid-auth not selected'],
  ])('is described if it cannot be reused: %#', (containers, words) => {
    expect(halfFinished(containers as typeof whole, wanted)).toBe(words);
  });

  it('that has stopped is described by its first faults', () => {
    const stopped = ['a', 'b', 'c', 'd'].map((name) => ({ ...running(name), State: 'exited' }));
    const description = halfFinished(stopped, ['a', 'b', 'c', 'd']);
    expect(description).toBe('a is exited, b is exited, c is exited and 1 more');
  });

  it('is read from one line per container or from one array', () => {
    const lines = whole.map((one) => JSON.stringify(one)).join('\n');
    expect(containersFrom(lines)).toEqual(whole);
    expect(containersFrom(JSON.stringify(whole))).toEqual(whole);
    expect(containersFrom('')).toEqual([]);
  });
});
