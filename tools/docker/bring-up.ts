import { UserError } from '@triptych/base/user-error';
import { composeArgs, type Docker } from './compose.ts';
import { parseComposeEvent, serviceAtFault } from './compose-events.ts';
import type { Narrator } from './narrator.ts';
import { profileArgs } from './project.ts';
import { streamDocker } from './stream-compose.ts';

/** A compose project to start. */
export interface ToBringUp {
  readonly project: string;
  readonly services: readonly string[];
  readonly observability: boolean;
  /** Settings of docker-compose.yml, in addition to the environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

const BUILD_TIMEOUT_MS = 30 * 60_000;
const UP_TIMEOUT_MS = 15 * 60_000;
const DOWN_TIMEOUT_MS = 2 * 60_000;
/** LocalStack takes up to 25 s to remove the containers of its functions (docker-compose.yml). */
const STOP_SECONDS = 30;
const SHOWN_LINES = 12;

/** Builds the images of the services. @throws UserError with the last line of the build output */
export async function buildImages(up: ToBringUp, tell: Narrator): Promise<void> {
  const since = performance.now();
  const lines: string[] = [];
  tell.now('building images (takes several minutes the first time)');
  const code = await streamDocker({
    args: composeArgs(
      undefined,
      ...profileArgs(up.observability),
      '--progress',
      'plain',
      'build',
      ...up.services,
    ),
    env: up.env,
    timeoutMs: BUILD_TIMEOUT_MS,
    signal: up.signal,
    onLine: (line) => {
      if (line.trim() === '') return;
      lines.push(line);
      if (lines.length > SHOWN_LINES) lines.shift();
      if (/^#\d+ \[/.test(line)) tell.now(`building: ${line.replace(/^#\d+ /, '')}`);
    },
  });
  up.signal.throwIfAborted();
  if (code !== 0) {
    for (const line of lines) tell.detail(line);
    const why =
      code === undefined ? 'it takes longer than 30 min' : (lines.at(-1) ?? `code ${code}`);
    throw new UserError(`The images cannot be built: ${why}`);
  }
  tell.done('built', 'images', performance.now() - since);
}

/**
 * Starts the services in dependency order, waits until all are healthy and prints a line for each.
 * @throws UserError that names the service that failed, with its last log line
 */
export async function startServices(up: ToBringUp, tell: Narrator, ask: Docker): Promise<void> {
  const startedAt = new Map<string, number>();
  const reported = new Set<string>();
  const errors: string[] = [];
  const watching = new AbortController();
  const watches: Promise<unknown>[] = [];
  const since = performance.now();
  const from = new Date().toISOString();
  const report = (service: string, what: string) => {
    if (reported.has(service)) return;
    reported.add(service);
    tell.done(what, service, performance.now() - (startedAt.get(service) ?? since));
  };
  const onLine = (line: string) => {
    const event = parseComposeEvent(line, up.project);
    if (!event) return;
    if (event.kind === 'error') return void errors.push(event.message);
    const { service, status } = event;
    if (status === 'Started') startedAt.set(service, performance.now());
    if (status === 'Started' && service === 'deploy') {
      watches.push(followDeployment(from, tell, watching.signal));
    }
    if (status === 'Healthy') report(service, 'healthy');
    if (status === 'Exited' && service === 'deploy') report(service, 'deployed');
    if (status === 'Started' || status === 'Waiting') tell.now(waitingFor(up.services, reported));
  };
  const wait = ['--wait', '--wait-timeout', String(UP_TIMEOUT_MS / 1000)];
  const profile = profileArgs(up.observability);
  const code = await streamDocker({
    args: composeArgs(
      undefined,
      ...profile,
      '--progress',
      'json',
      'up',
      '--detach',
      '--no-build',
      ...wait,
      ...up.services,
    ),
    env: up.env,
    timeoutMs: UP_TIMEOUT_MS,
    signal: up.signal,
    onLine,
  });
  watching.abort();
  await Promise.all(watches);
  up.signal.throwIfAborted();
  if (code === 0) return;
  const why =
    code === undefined ? 'not all containers are healthy after 15 min' : (errors.at(-1) ?? '');
  throw new UserError(await failureLine(why, up, ask));
}

/** Removes the project's containers and networks; keeps images and volumes. @throws UserError if that fails */
export async function takeDown(env: Readonly<Record<string, string>> = {}): Promise<void> {
  const lines: string[] = [];
  const code = await streamDocker({
    args: composeArgs(
      undefined,
      ...profileArgs(true),
      'down',
      '--remove-orphans',
      '--timeout',
      String(STOP_SECONDS),
    ),
    env,
    timeoutMs: DOWN_TIMEOUT_MS,
    survivesInterrupt: true,
    onLine: (line) => lines.push(line),
  });
  if (code !== 0) {
    throw new UserError(
      `docker compose down failed: ${lines.at(-1) ?? 'it takes longer than 2 min'}`,
    );
  }
}

/** Prints the output of `deploy` as it arrives, because `deploy` takes longest. */
function followDeployment(since: string, tell: Narrator, signal: AbortSignal): Promise<unknown> {
  return streamDocker({
    args: composeArgs(undefined, 'logs', '--follow', '--no-log-prefix', '--since', since, 'deploy'),
    timeoutMs: UP_TIMEOUT_MS,
    signal,
    onLine: (line) => {
      // The container's exit is already reported by compose's events.
      if (line.trim() !== '' && !/^\S+ exited with code/.test(line)) tell.detail(line);
    },
  }).catch(() => undefined);
}

function waitingFor(services: readonly string[], reported: ReadonlySet<string>): string {
  return `waiting for ${services.filter((service) => !reported.has(service)).join(', ')}`;
}

/** Compose's message, with the last log line of the container that failed. */
async function failureLine(why: string, { project }: ToBringUp, ask: Docker): Promise<string> {
  const service = serviceAtFault(why, project);
  if (!service) return `The containers do not start: ${why || 'compose gives no reason'}`;
  const { stdout, stderr } = await ask(
    composeArgs(undefined, 'logs', '--no-log-prefix', '--no-color', '--tail', '1', service),
  );
  const last = stdout || stderr;
  return `${service} failed (${why})${last ? `: ${last}` : ''}; see docker compose logs ${service}`;
}
