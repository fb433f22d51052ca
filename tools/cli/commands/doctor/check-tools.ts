import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type Ports, portsFrom } from '@triptych/base/variants';
import { portsTaken } from '@triptych/shop/start/ports';
import type { Finding } from './finding.ts';

const ANSWER_TIMEOUT_MS = 5_000;
const CHROMIUM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const CHROMIUM_PATHS_ON_MAC = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** The output of a command; undefined when it is missing, fails or takes longer than 5 s. */
function answerOf(command: string, args: string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(command, args, { timeout: ANSWER_TIMEOUT_MS }, (error, stdout) => {
      resolve(error ? undefined : stdout.trim());
    });
  });
}

/** Whether the ports of `npm start` are free (default: those without --port). */
export async function checkPorts(ports: Ports = portsFrom()): Promise<Finding> {
  const wanted = [ports.control, ...Object.values(ports.byVariant), ports.endpoint];
  const taken = await portsTaken(ports);
  const what = 'ports';
  if (taken.length === 0) return { what, state: 'ok', found: `${wanted.join(', ')} are free` };
  const found = `${taken.join(', ')} taken`;
  const advice =
    'stop the program that uses it (another shop?), or choose other ports with --port 5000';
  return { what, state: 'optional', found, advice };
}

/**
 * Docker's engine and its Compose plugin.
 * @param ask runs `docker` and returns its output
 */
export async function checkDocker(
  ask = (args: string[]) => answerOf('docker', args),
): Promise<Finding[]> {
  const [client, engine, compose] = await Promise.all([
    ask(['--version']),
    ask(['version', '--format', '{{.Server.Version}}']),
    ask(['compose', 'version', '--short']),
  ]);
  const docker: Finding = engine
    ? { what: 'Docker', state: 'ok', found: `engine ${engine}` }
    : {
        what: 'Docker',
        state: 'optional',
        found: client ? 'installed, but its engine does not answer' : 'not found',
        advice: client
          ? 'start it (Docker Desktop, or `systemctl start docker`) to run the containers'
          : 'install Docker Engine or Docker Desktop to run the containers',
      };
  const advice = 'install the Docker Compose plugin to run the containers together';
  const plugin: Finding = compose
    ? { what: 'Docker Compose', state: 'ok', found: compose }
    : { what: 'Docker Compose', state: 'optional', found: 'not found', advice };
  return [docker, plugin];
}

/** Whether there is a browser that Playwright can drive. */
export function checkChromium(env: NodeJS.ProcessEnv): Finding {
  const what = 'Chromium';
  const folders = (env.PATH ?? '').split(delimiter);
  const places = [
    ...CHROMIUM_NAMES.flatMap((name) => folders.map((folder) => join(folder, name))),
    ...CHROMIUM_PATHS_ON_MAC,
  ];
  const found = places.find((place) => existsSync(place));
  if (found) return { what, state: 'ok', found };
  const advice = 'install Chromium or Chrome to run the browser tests';
  return { what, state: 'optional', found: 'not found', advice };
}

/** Whether there are AWS credentials. Never reads or prints them. */
export function checkCredentials(env: NodeJS.ProcessEnv, home = homedir()): Finding {
  const what = 'AWS credentials';
  if (env.AWS_ACCESS_KEY_ID && env.AWS_SECRET_ACCESS_KEY) {
    return { what, state: 'ok', found: 'in the environment' };
  }
  const file = env.AWS_SHARED_CREDENTIALS_FILE ?? join(home, '.aws', 'credentials');
  if (env.AWS_PROFILE || existsSync(file) || existsSync(join(home, '.aws', 'config'))) {
    return { what, state: 'ok', found: `profile ${env.AWS_PROFILE ?? 'default'}` };
  }
  const advice = 'run `aws configure` (or `aws configure sso`) to deploy to your account';
  return { what, state: 'optional', found: 'none', advice };
}

/** Whether `npm ci` has completed in `root`. */
export async function checkInstallation(root: string): Promise<Finding> {
  const what = 'npm install';
  const stamp = join(root, 'node_modules', '.triptych-installed');
  const manifest = await readFile(join(root, 'node_modules', '.package-lock.json'), 'utf8').catch(
    () => undefined,
  );
  if (!manifest || !existsSync(stamp)) {
    return { what, state: 'missing', found: 'incomplete', advice: 'run `npm ci`' };
  }
  const { packages = {} } = JSON.parse(manifest) as { packages?: Record<string, unknown> };
  return { what, state: 'ok', found: `${Object.keys(packages).length} packages` };
}
