import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@triptych/local-cloud/free-port';
import { findPython } from '../../python/find-python.ts';

export const EMULATORS = ['moto', 'ministack'] as const;
export type EmulatorName = (typeof EMULATORS)[number];

const REGION = 'us-east-1';
const START_TIMEOUT_MS = 120_000;
const POLL_MS = 100;

interface Program {
  readonly module: string;
  readonly args: (port: number) => string[];
  readonly env: (port: number) => Record<string, string>;
  /** A path that answers 200 as soon as the server accepts calls. */
  readonly ready: string;
  /** The account of the credentials `test`/`test`. */
  readonly account: string;
  /** Variables for the CDK CLI. */
  readonly cdkEnv?: (port: number) => Record<string, string>;
}

const PROGRAMS: Readonly<Record<EmulatorName, Program>> = {
  moto: {
    module: 'moto.server',
    args: (port) => ['--host', '127.0.0.1', '--port', String(port)],
    // It goes through sets, whose order depends on the seed, and so does the export that it misses first.
    env: () => ({ PYTHONUNBUFFERED: '1', PYTHONHASHSEED: '0' }),
    ready: '/moto-api/',
    account: '123456789012',
    // In the address of a template, moto takes the first part of a host name for the bucket's name, except for `localhost`.
    cdkEnv: (port) => ({ AWS_ENDPOINT_URL_S3_FOR_CLOUDFORMATION: `http://localhost:${port}` }),
  },
  ministack: {
    module: 'ministack',
    args: () => [],
    env: (port) => ({ BIND_HOST: '127.0.0.1', GATEWAY_PORT: String(port), LOG_LEVEL: 'WARNING' }),
    ready: '/_ministack/health',
    account: '000000000000',
  },
};

/** An emulator of AWS that runs on this machine, with nothing in it. */
export interface Emulator {
  readonly name: EmulatorName;
  readonly url: string;
  readonly account: string;
  readonly region: string;
  /** A folder that `stop` deletes. */
  readonly folder: string;
  /**
   * The whole environment for the CDK CLI and for AWS SDK clients: endpoint, credentials, region, and a home of their own. The
   * CDK CLI caches the account of each access key in `CDK_HOME`. With a shared one, it deploys to one emulator with the account
   * of another. It ignores `HOME`, because it asks the system's list of users.
   */
  readonly environment: Readonly<Record<string, string>>;
  /** What the emulator has logged. */
  log(): Promise<string>;
  stop(): Promise<void>;
}

/**
 * Starts an emulator on a free port of 127.0.0.1, with all its files in a temporary folder.
 * @throws Error when it is not installed, or does not answer within 2 min
 */
export async function startEmulator(name: EmulatorName): Promise<Emulator> {
  const python = await findPython(name);
  if (python === undefined) {
    throw new Error(`${name} is not installed: run \`npm run test:templates -- --install\`.`);
  }
  const program = PROGRAMS[name];
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const folder = await mkdtemp(join(tmpdir(), `triptych-${name}-`));
  const logFile = join(folder, 'log');
  const output = openSync(logFile, 'w');
  const { PATH = '' } = process.env;
  const child = spawn(python, ['-m', program.module, ...program.args(port)], {
    cwd: folder,
    // It may start processes for functions. They end with its process group.
    detached: true,
    stdio: ['ignore', output, output],
    env: { PATH, HOME: folder, TMPDIR: folder, ...program.env(port), ...CREDENTIALS },
  });
  const emulator: Emulator = {
    ...{ name, url, folder, account: program.account, region: REGION },
    environment: {
      ...{ PATH, HOME: folder, CDK_HOME: join(folder, 'cdk'), ...CREDENTIALS },
      AWS_ENDPOINT_URL: url,
      AWS_EC2_METADATA_DISABLED: 'true',
      ...program.cdkEnv?.(port),
    },
    log: () => readFile(logFile, 'utf8'),
    stop: async () => {
      await end(child);
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  try {
    await untilReady(child, `${url}${program.ready}`);
    return emulator;
  } catch (error) {
    const log = await emulator.log();
    await emulator.stop();
    throw new Error(`${name} did not start: ${log.slice(-2_000)}`, { cause: error });
  }
}

const CREDENTIALS = {
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_REGION: REGION,
  AWS_DEFAULT_REGION: REGION,
};

async function untilReady(child: ChildProcess, url: string): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`it exited with code ${child.exitCode}`);
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(START_TIMEOUT_MS) });
      await response.body?.cancel();
      if (response.ok) return;
    } catch {
      // It does not listen yet.
    }
    await sleep(POLL_MS);
  }
  throw new Error(`it did not answer within ${START_TIMEOUT_MS / 1_000} s`);
}

/** Ends the process and those that it started. */
async function end(child: ChildProcess): Promise<void> {
  const { pid } = child;
  if (pid === undefined || child.exitCode !== null) return;
  const ended = once(child, 'exit');
  process.kill(-pid, 'SIGKILL');
  await ended;
}
